// The bindings that few programs use, and what else of the engine only they need. build/node-library-bundles.ts makes
// this file and what only it imports a module of Node's library, which a page fetches when a program first asks for it.
// What it shares with the rest of the engine is passed in: see rare-shared.ts. Imported by type only.
export { blockList } from './bindings/block-list.ts';
export { carriedFrom, carriedInto } from './bindings/carried-handle.ts';
export { contextify } from './bindings/contextify.ts';
export { crypto } from './bindings/crypto.ts';
export { DnsChannel } from './bindings/dns-channel.ts';
export { ask, nameOf } from './bindings/dns-lookup.ts';
export { copyingCalls } from './bindings/fs-copy.ts';
export { fsDir } from './bindings/fs-dir.ts';
export { fsEventWrap } from './bindings/fs-event.ts';
export { makeFolders, removeAll } from './bindings/fs-folders.ts';
export { statWatchers } from './bindings/fs-stat-watcher.ts';
export { http2 } from './bindings/http2.ts';
export { jsStream } from './bindings/js-stream.ts';
export { locks } from './bindings/locks.ts';
export { cloned, portMembers } from './bindings/message-port.ts';
export { moduleWrap } from './bindings/module-wrap.ts';
export { os } from './bindings/os.ts';
export { processWrap } from './bindings/process-wrap.ts';
export { spawnSync } from './bindings/spawn-sync.ts';
export { udpWrap } from './bindings/udp-wrap.ts';
export { worker } from './bindings/worker.ts';
export { zlib } from './bindings/zlib.ts';
export { errorSerdes } from './error-serdes.ts';
export { entriesLeft } from './iterator-entries.ts';
export { Jobs } from './jobs.ts';
export { moduleLibrary } from './module-library.ts';
export { findSourceMap } from './source-maps.ts';
export { beginThread } from './worker-thread.ts';
