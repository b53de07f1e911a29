// Only side effects.
// Imported by modules.mjs.
console.log('side effect');
