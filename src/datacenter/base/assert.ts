// How the engine says that it is wrong itself. A guest's mistakes get Node's own errors; a broken promise
// between two parts of the engine throws EngineBug, with what must hold in words.
// Called by every layer of the engine. Imports nothing.

/** Thrown where the engine broke its own promise. Never a guest's fault and never caught on the way up. */
export class EngineBug extends Error {
  override readonly name = 'EngineBug';
}

/** Throws {@link EngineBug} unless `condition` holds. `whatMustHold` is a sentence about the engine. */
export function assert(condition: unknown, whatMustHold: string): asserts condition {
  if (!condition) throw new EngineBug(`This must hold and does not: ${whatMustHold}`);
}
