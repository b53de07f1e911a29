// What postMessage() is given beside the message: a list of what is transferred, by itself or in an object.
// Refuses all else with Node's errors. Pure. Called by message-port.ts.

export const coded = (message: string, code: string): Error =>
  Object.assign(new TypeError(message), { code });

export function listOf(options: unknown): readonly unknown[] {
  if (options === undefined || options === null) return [];
  if (typeof options !== 'object')
    throw coded('Optional transferList argument must be an iterable', 'ERR_INVALID_ARG_TYPE');
  if (Symbol.iterator in options) return [...(options as Iterable<unknown>)];
  const { transfer } = options as { transfer?: unknown };
  if (transfer === undefined || transfer === null) return [];
  if (typeof transfer !== 'object' || !(Symbol.iterator in transfer))
    throw coded('Optional options.transfer argument must be an iterable', 'ERR_INVALID_ARG_TYPE');
  return [...(transfer as Iterable<unknown>)];
}
