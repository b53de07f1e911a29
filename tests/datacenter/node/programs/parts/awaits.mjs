// Awaits at top level, so that require() refuses it.
// Required by ../require.cjs.
await null;
export const late = 1;
