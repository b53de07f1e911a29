// What an iterator of a Map or Set has left, for inspect(). JavaScript can only take it out: so the iterator gives from
// then on what was taken, and does not hear of entries that are added later. Whether values are pairs of an entries()
// is guessed from all of them. Called by bindings/util.ts.

interface Left {
  readonly entries: unknown[];
  readonly arePairs: boolean;
}

const taken = new WeakMap<object, Left>();

/** Entries, flat, and whether they are pairs; undefined for what is no such iterator. */
export function entriesLeft(iterator: object): readonly [entries: unknown[], arePairs: boolean] | undefined {
  const kind = Object.prototype.toString.call(iterator);
  const isOfMap = kind === '[object Map Iterator]';
  if (!isOfMap && kind !== '[object Set Iterator]') return undefined;
  let left = taken.get(iterator);
  if (left === undefined) {
    const entries = [...(iterator as Iterable<unknown>)];
    const isPair = (value: unknown): boolean =>
      Array.isArray(value) && value.length === 2 && (isOfMap || Object.is(value[0], value[1]));
    left = { entries, arePairs: entries.length > 0 && entries.every(isPair) };
    taken.set(iterator, left);
    if (entries.length > 0) giveAgain(iterator);
  }
  return [left.arePairs ? left.entries.flat() : [...left.entries], left.arePairs];
}

/** Hosts go over such iterators by themselves, unless their prototype is another. */
function giveAgain(iterator: object): void {
  const inherited = Object.getPrototypeOf(iterator) as { next: () => IteratorResult<unknown> };
  const next = function next(this: object): IteratorResult<unknown> {
    const left = taken.get(this);
    if (left === undefined) return inherited.next.call(this);
    if (left.entries.length === 0) return { value: undefined, done: true };
    return { value: left.entries.shift(), done: false };
  };
  const own = Object.create(inherited, {
    next: { value: next, writable: true, configurable: true },
  }) as object;
  Object.setPrototypeOf(iterator, own);
}
