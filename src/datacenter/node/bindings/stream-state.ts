// The few numbers through which native streams tell the library what a call came to. One array a realm.
// Called by stream-handle.ts and tcp-wrap.ts.
import type { Realm } from '../realm.ts';

// Places in the array (streamBaseState).
export const READ_BYTES_OR_ERROR = 0;
export const ARRAY_BUFFER_OFFSET = 1;
export const BYTES_WRITTEN = 2;
export const LAST_WRITE_WAS_ASYNC = 3;

const statesByRealm = new WeakMap<Realm, Int32Array>();

export function streamStateOf(realm: Realm): Int32Array {
  let state = statesByRealm.get(realm);
  if (state === undefined) {
    state = new Int32Array(4);
    statesByRealm.set(realm, state);
  }
  return state;
}
