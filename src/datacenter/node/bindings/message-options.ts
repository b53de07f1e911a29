// What postMessage() is given beside the message: a list of what is transferred, by itself or in an object.
// Refuses all else with Node's errors. Pure. Called by message-port.ts.

export const coded = (message: string, code: string): Error =>
  Object.assign(new TypeError(message), { code });

/** What an iterable gives; null where it is none. */
function itemsOf(value: unknown): readonly unknown[] | null {
  if (typeof value !== 'object' || value === null || !(Symbol.iterator in value)) return null;
  const iterate = (value as Partial<Iterable<unknown>>)[Symbol.iterator];
  const iterator: unknown = typeof iterate === 'function' ? iterate.call(value) : null;
  if (typeof iterator !== 'object' || iterator === null) return null;
  if (!('next' in iterator) || typeof iterator.next !== 'function') return null;
  return [...{ [Symbol.iterator]: () => iterator as Iterator<unknown> }];
}

export function listOf(options: unknown): readonly unknown[] {
  if (options === undefined || options === null) return [];
  if (typeof options !== 'object')
    throw coded('Optional transferList argument must be an iterable', 'ERR_INVALID_ARG_TYPE');
  const items = itemsOf(options);
  if (items !== null) return items;
  const { transfer } = options as { transfer?: unknown };
  if (transfer === undefined) return [];
  const listed = itemsOf(transfer);
  if (listed !== null) return listed;
  throw coded('Optional options.transfer argument must be an iterable', 'ERR_INVALID_ARG_TYPE');
}
