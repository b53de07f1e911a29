// What the http2 binding needs of this folder, as one library that a page fetches late (see node/bundles.ts).
// Bundled by build/node-library-bundles.ts.
export { CODE, FAULT, FAULT_TEXT, FLAG, FRAME } from './codes.ts';
export { Connection } from './connection.ts';
export { bytesOf16, bytesOf32, bytesOfLatin1, ID_MASK, latin1Of, uint32 } from './frames.ts';
export { bytesOfEntries, entriesOf, SETTING } from './settings.ts';
export { Fatal } from './state.ts';
