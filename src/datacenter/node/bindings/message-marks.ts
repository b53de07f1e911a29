// How objects of Node's library may go over in messages, as the library marks them. In Node these marks are private
// symbols, which no program can see. Called by stand-ins.ts, which hands the marking out, and message-clone.ts.
import { perThreadSymbol } from './plain.ts';

/** What exceptions have; other objects of the library are marked. */
const MODE = perThreadSymbol('transfer_mode_private_symbol');
export const MODE_TRANSFERABLE = 1;
export const MODE_CLONEABLE = 2;

/** Objects without a mode are copied like any other data. */
const modes = new WeakMap<object, number>();
const untransferable = new WeakSet<object>();

const isObject = (value: unknown): value is object =>
  (typeof value === 'object' && value !== null) || typeof value === 'function';

export function markTransferMode(value: unknown, isCloneable?: boolean, isTransferable?: boolean): void {
  const mode = (isCloneable ? MODE_CLONEABLE : 0) | (isTransferable ? MODE_TRANSFERABLE : 0);
  if (isObject(value)) modes.set(value, mode);
}

export function markAsUntransferable(value: unknown): void {
  if (isObject(value)) untransferable.add(value);
}

export const isMarkedAsUntransferable = (value: unknown): boolean =>
  isObject(value) && untransferable.has(value);

/** Undefined where nothing is marked. */
export const markedMode = (value: object): number | undefined =>
  modes.get(value) ?? ((value as Record<symbol, unknown>)[MODE] as number | undefined);
