// Fails while it is evaluated.
// Imported by modules.mjs.
throw new RangeError('module failed');
