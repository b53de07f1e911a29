// SharedArrayBuffer, which browsers hide from pages that are not isolated but give to WebAssembly all the same.
// Nothing is shared with anyone: a run has one thread. Used by node/ where Node's library or programs ask for it.

export const SharedMemory: SharedArrayBufferConstructor =
  globalThis.SharedArrayBuffer ??
  (new WebAssembly.Memory({ initial: 0, maximum: 0, shared: true }).buffer.constructor as never);
