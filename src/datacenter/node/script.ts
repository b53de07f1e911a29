// How text becomes code: by the host's own scripts where it hands them in, else by eval, one function for all realms.
// Refuses nothing: what is wrong with the text throws where it is compiled. Called by library.ts and
// loader/code-cache.ts; runtime/node-thread.ts hands Node's vm in.

/**
 * Compiles the text of a function once, its first line being line 1; each call of what it gives evaluates it anew. A host that can do so lets every realm
 * have functions of its own from the same bytecode: what its just-in-time compiler learns of one machine's objects
 * then does not blur what it knows of another's.
 */
export type CompileScript = (expression: string, name: string) => () => unknown;

export const sharedScript: CompileScript = (expression, name) => {
  // Indirect eval: the code sees no name of ours.
  // biome-ignore lint/security/noGlobalEval: running programs is what the data center is for.
  const evaluate = globalThis.eval;
  const made: unknown = evaluate(`${expression}\n//# sourceURL=${name}`);
  // Frames of its own in a stack: those of Node's have no name, those of evaluated code that of eval.
  if (typeof made === 'function') Object.defineProperty(made, 'name', { value: 'Object.<anonymous>' });
  return () => made;
};
