// Loaded before a program: see eval.cjs. Says so on the global object.
globalThis.first = 'loaded first';
