// The states of promises whose jobs the engine runs (job-promise.ts): apart from what makes these promises, because
// whoever looks at a value must know one. Called by job-promise.ts and the bindings types and util.

export type Job = () => void;

export interface Slot {
  state: 0 | 1 | 2;
  value: unknown;
  isHandled: boolean;
  reactions: { readonly fulfilled: Job; readonly rejected: Job }[];
}

export const slots = new WeakMap<object, Slot>();

export const isObject = (value: unknown): value is Record<PropertyKey, unknown> =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

export const isJobPromise = (value: unknown): boolean => isObject(value) && slots.has(value);

/** As util's getPromiseDetails has it; undefined for any other object. */
export function jobPromiseState(promise: object): readonly [state: number, result?: unknown] | undefined {
  const slot = slots.get(promise);
  if (slot === undefined) return undefined;
  return slot.state === 0 ? [0] : [slot.state, slot.value];
}
