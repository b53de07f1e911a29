// A module that awaits before its export is there.
// Imported by modules.mjs.
export const awaited = await new Promise((resolve) => setTimeout(resolve, 2, 'awaited'));
console.log('late module done');
