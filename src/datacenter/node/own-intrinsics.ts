// Every process has JavaScript's built-ins to itself, though all share one thread: what its program changed is put
// back when a turn is over, and made again when its next one begins. So neither the engine between the turns nor other
// programs see it. Within its turn the engine's own code does: what fails there is the program's end (see explain).
// Called by program.ts and run.ts.
import { areHotWhole, type Change, changeAgain, nameOf, putBack, putBackAll } from './intrinsics.ts';

/** All built-ins are looked at after so many turns, and after a program's first ones. */
const TURNS_BETWEEN_FULL = 256;
const FIRST_TURNS = 4;
const NAMED_MAX = 3;

let current: OwnIntrinsics | null = null;
let turns = 0;
/** What the last program that changed anything in this run changed. */
let noticed: Change | null = null;

export class OwnIntrinsics {
  #changes: Change | null = null;
  #turns = 0;

  /** A turn of the process begins. */
  enter(): void {
    if (current !== null) leaveIntrinsics();
    current = this;
    for (let each = this.#changes; each !== null; each = each.next) changeAgain(each);
  }

  /** The turn and its promise jobs are over. `isLast` where no other of this process may come. */
  leave(isLast = false): void {
    for (let each = this.#changes; each !== null; each = each.next) putBack(each);
    const isFull = isLast || this.#turns < FIRST_TURNS || turns % TURNS_BETWEEN_FULL === 0;
    this.#turns++;
    turns++;
    if (!isFull && areHotWhole()) return;
    const more = putBackAll();
    if (more === null) return;
    noticed = more;
    let last = more;
    while (last.next !== null) last = last.next;
    last.next = this.#changes;
    this.#changes = more;
  }

  /** Names of what the program changed, with all of it put back; empty where it changed nothing. */
  disarm(): string {
    this.leave(true);
    const changes = this.#changes;
    this.#changes = null;
    return namesOf(changes);
  }
}

function namesOf(changes: Change | null): string {
  const names: string[] = [];
  for (let each = changes; each !== null && names.length < NAMED_MAX; each = each.next)
    names.push(nameOf(each));
  return names.join(', ');
}

/** Names of what a program of this run changed, put back by now: what the engine may have failed over. */
export function foundChanged(): string {
  leaveIntrinsics();
  return namesOf(putBackAll() ?? noticed);
}

/** Others have turns within the present one: what it gives goes back to it. */
export function heldIntrinsics(): () => void {
  const held = current;
  leaveIntrinsics();
  return () => {
    leaveIntrinsics();
    held?.enter();
  };
}

/** A run begins: what one before it may have left is put back. */
export function cleanIntrinsics(): void {
  leaveIntrinsics();
  putBackAll();
  noticed = null;
}

/** Between turns all built-ins are as they were. */
export function leaveIntrinsics(): void {
  const left = current;
  current = null;
  left?.leave();
}
