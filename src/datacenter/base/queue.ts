// First in, first out. Calls no method of arrays: programs share those with the engine, and may change them in the
// middle of a turn. Refuses nothing; an empty one gives undefined. The event loop of every process stands on it.

/** Once so many were taken from the front, the rest moves up. */
const TAKEN_MAX = 64;

export class Queue<T> {
  #items: (T | undefined)[] = [];
  #taken = 0;

  get length(): number {
    return this.#items.length - this.#taken;
  }

  push(item: T): void {
    this.#items[this.#items.length] = item;
  }

  shift(): T | undefined {
    const items = this.#items;
    const at = this.#taken;
    if (at === items.length) return undefined;
    const item = items[at];
    items[at] = undefined;
    this.#taken = at + 1;
    if (this.#taken === items.length) this.clear();
    else if (this.#taken >= TAKEN_MAX && this.#taken * 2 >= items.length) this.#moveUp();
    return item;
  }

  clear(): void {
    this.#items.length = 0;
    this.#taken = 0;
  }

  #moveUp(): void {
    const items = this.#items;
    const left = items.length - this.#taken;
    for (let at = 0; at < left; at++) items[at] = items[at + this.#taken];
    items.length = left;
    this.#taken = 0;
  }
}
