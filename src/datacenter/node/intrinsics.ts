// JavaScript's built-ins as the engine and Node's library found them, and what a program has made of them since: it
// shares the thread, and with it Array.prototype, with all of them. Looks at the ones that the engine leans on after
// each turn, at all of them now and then. Runs while anything may be changed: so it calls nothing but what it took at
// the start, builds no arrays and reads no prototypes. Adding a name to a built-in harms nobody and is not looked for,
// but on Object.prototype, and by number on Array.prototype. Called by own-intrinsics.ts.
import { HELD, HOT, PROBES } from './intrinsics-list.ts';

const { ownKeys, getOwnPropertyDescriptor, defineProperty, deleteProperty, getPrototypeOf, setPrototypeOf } =
  Reflect;
const { setPrototypeOf: withPrototype } = Object;
const HostFunction = Function;
const objects = Object.prototype;
const arrays = Array.prototype;

/** One thing that is not as it was. `described` is null where it is not there at all. */
export interface Change {
  readonly held: Held;
  readonly key: PropertyKey;
  described: PropertyDescriptor | null;
  next: Change | null;
}

/** A built-in object as it was. */
interface Held {
  readonly holder: object;
  /** Such as `Array.prototype`. */
  readonly name: string;
  /** Without prototype, as all descriptors here: a `get` on Object.prototype would be read as theirs. */
  readonly was: Record<PropertyKey, PropertyDescriptor>;
  readonly keys: readonly PropertyKey[];
  readonly prototype: object | null;
  readonly next: Held | null;
}

let first: Held | null = null;
let isHotWhole: () => boolean = () => true;

/** What a change is called in messages: `Array.prototype.push`. */
export function nameOf({ held, key }: Change): string {
  return typeof key === 'symbol' ? `${held.name}[${String(key)}]` : `${held.name}.${String(key)}`;
}

/** Takes the built-ins as they are. Called once a thread, when the engine has changed them as it must. */
export function takeIntrinsics(): void {
  first = null;
  // Object.prototype comes first: what is read of plain objects later on is their own.
  for (const [name, holder] of HELD()) if (holder !== objects) first = held(name, holder, first);
  first = held('Object.prototype', objects, first);
  isHotWhole = checkOf();
}

/** The engine itself has put something in a built-in's place. */
export function takeAgain(holder: object, key: string): void {
  for (let each = first; each !== null; each = each.next) {
    const described = each.holder === holder ? descriptorOf(holder, key) : null;
    if (described !== null) each.was[key] = described;
  }
  isHotWhole = checkOf();
}

/** False where one of the built-ins that the engine leans on is another. Cheap. */
export function areHotWhole(): boolean {
  return isHotWhole();
}

/** All that is changed, put back as it was on the way. */
export function putBackAll(): Change | null {
  let changes: Change | null = null;
  for (let each = first; each !== null; each = each.next) changes = putBackIn(each, changes);
  return changes;
}

/** Puts one thing back; its change then holds how it was found. */
export function putBack(change: Change): void {
  const { held, key } = change;
  change.described = descriptorOf(held.holder, key);
  restore(held, key);
}

/** Makes it as a program had made it. */
export function changeAgain({ held, key, described }: Change): void {
  if (described === null) deleteProperty(held.holder, key);
  else defineProperty(held.holder, key, described);
}

function held(name: string, holder: object, next: Held | null): Held {
  const was = withPrototype({}, null) as Record<PropertyKey, PropertyDescriptor>;
  const keys = ownKeys(holder).filter((key) => {
    const described = getOwnPropertyDescriptor(holder, key);
    return described?.configurable === true || described?.writable === true;
  });
  for (const key of keys) was[key] = descriptorOf(holder, key) as PropertyDescriptor;
  return { holder, name, was, keys, prototype: getPrototypeOf(holder), next };
}

function descriptorOf(holder: object, key: PropertyKey): PropertyDescriptor | null {
  const described = getOwnPropertyDescriptor(holder, key);
  return described === undefined ? null : (withPrototype(described, null) as PropertyDescriptor);
}

function putBackIn(held: Held, before: Change | null): Change | null {
  const { holder, was, keys } = held;
  let changes = before;
  if (holder === objects || holder === arrays) changes = takeAway(held, changes);
  if (getPrototypeOf(holder) !== held.prototype) setPrototypeOf(holder, held.prototype);
  for (let at = 0; at < keys.length; at++) {
    const key = keys[at] as PropertyKey;
    const found = getOwnPropertyDescriptor(holder, key);
    if (found !== undefined && isSame(found, was[key] as PropertyDescriptor)) continue;
    changes = { held, key, described: descriptorOf(holder, key), next: changes };
    restore(held, key);
  }
  return changes;
}

/** What was put on Object.prototype, and by number on Array.prototype. */
function takeAway(held: Held, before: Change | null): Change | null {
  const { holder, was } = held;
  let changes = before;
  const found = ownKeys(holder);
  for (let at = 0; at < found.length; at++) {
    const key = found[at] as PropertyKey;
    if (key in was || (holder === arrays && !isIndex(key))) continue;
    const described = descriptorOf(holder, key);
    // What cannot be taken away again stays, as it would on Node.
    if (deleteProperty(holder, key)) changes = { held, key, described, next: changes };
  }
  return changes;
}

/** Strings of a number that arrays use. */
const isIndex = (key: PropertyKey): boolean =>
  typeof key === 'string' && `${(key as unknown as number) >>> 0}` === key;

/** Frozen is as good as before. Object.prototype is clean by now, so that nothing is read of it. */
function isSame(one: PropertyDescriptor, other: PropertyDescriptor): boolean {
  return one.value === other.value && one.get === other.get && one.set === other.set;
}

function restore({ holder, was, name }: Held, key: PropertyKey): void {
  const described = was[key];
  const isDone =
    described === undefined ? deleteProperty(holder, key) : defineProperty(holder, key, described);
  if (isDone) return;
  throw new Error(
    `expected ${name}.${String(key)} as JavaScript has it, found it changed for good: the data center's own code shares it, so change it without freezing it`,
  );
}

/** A function that compares the hot ones with what they were: straight code, in which every look-up is learnt by itself. */
function checkOf(): () => boolean {
  const constants = new Map<unknown, string>();
  const constant = (value: unknown): string => {
    const known = constants.get(value) ?? `c${constants.size}`;
    constants.set(value, known);
    return known;
  };
  const terms: string[] = [];
  const look = (object: object, key: string | symbol, gives: unknown): void => {
    const place = typeof key === 'symbol' ? `[${constant(key)}]` : `.${key}`;
    terms.push(`${constant(object)}${place}===${constant(gives)}`);
  };
  for (let each = first; each !== null; each = each.next) {
    const { holder, name, was } = each;
    const hot = (HOT[name] ?? []).filter((key) => was[key] !== undefined && 'value' in was[key]);
    if (hot.length === 0) continue;
    for (const key of hot) look(holder, key, was[key]?.value);
  }
  for (const [object, key, gives] of PROBES()) look(object, key, gives);
  const lines = [...constants.values()].map((name, at) => `const ${name}=v[${at}];`).join('');
  const text = `${lines}const plain={};return()=>{for(const key in plain)return false;return ${terms.join('&&')}}`;
  return (HostFunction('v', text) as (values: unknown[]) => () => boolean)([...constants.keys()]);
}
