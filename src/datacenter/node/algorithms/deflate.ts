// What node:zlib stands on: pako's port of zlib. No part of the engine: build/ bundles it as a module of the library
// (node/bundles.ts), so that a page fetches it when a program compresses or expands. Imported by type only.
export { default as crc32 } from 'pako/lib/zlib/crc32.js';
export { default as deflating } from 'pako/lib/zlib/deflate.js';
export { default as inflating } from 'pako/lib/zlib/inflate.js';
export { default as ZStream } from 'pako/lib/zlib/zstream.js';
