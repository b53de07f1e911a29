// Which modules of Node's library the data center carries, and the parameters that each kind is called with.
// A data table: what is left out here is refused by the engine by name when a program asks for it.

/** What Node's own loader passes to every module of the library. */
export const PARAMETERS = 'exports, require, module, process, internalBinding, primordials';

/**
 * Globals that bundled dependencies name: passed to them, for they must be the process's own. The thread's
 * timers would keep the host's time, and what is put on its global object would be seen by every machine.
 */
export const GLOBALS: readonly string[] = [
  'globalThis',
  'setTimeout',
  'clearTimeout',
  'setInterval',
  'clearInterval',
  'setImmediate',
  'clearImmediate',
  'queueMicrotask',
  'structuredClone',
  'performance',
  'console',
  'Buffer',
  'Date',
  'Math',
  'TextDecoder',
  'TextEncoder',
  'URL',
  'URLSearchParams',
  'AbortController',
  'AbortSignal',
  'Event',
  'EventTarget',
  'DOMException',
  'Blob',
  'File',
  'MessageChannel',
  'MessagePort',
  'ReadableStream',
  'TransformStream',
  'WritableStream',
  'atob',
  'btoa',
];

export function parametersOf(id: string): string {
  if (id.startsWith('internal/per_context/'))
    return 'exports, primordials, privateSymbols, perIsolateSymbols';
  if (id === 'internal/bootstrap/realm') return 'process, getLinkedBinding, getInternalBinding, primordials';
  if (id.startsWith('internal/bootstrap/') || id.startsWith('internal/main/'))
    return 'process, require, internalBinding, primordials';
  if (id.startsWith('internal/deps/')) return `${PARAMETERS}, ${GLOBALS.join(', ')}`;
  return PARAMETERS;
}

/** Prefixes of modules that make no sense on a simulated machine, or need native code that there is none of. */
const LEFT_OUT: readonly string[] = [
  'internal/deps/',
  'internal/debugger/',
  'internal/inspector',
  'internal/main/',
  'internal/test_runner/coverage',
  'internal/test_runner/runner',
  'internal/quic/',
  'internal/v8_prof',
  'internal/webstorage',
  'internal/watch_mode/',
  'internal/bootstrap/node',
  'internal/source_map/',
  'internal/policy/',
  'internal/process/pre_execution',
  'internal/modules/esm/',
  'internal/modules/cjs/',
  'internal/modules/run_main',
  'internal/freeze_intrinsics',
  'internal/repl/await',
  'internal/repl/completion',
  'internal/repl/utils',
  'internal/bootstrap/switches/does_not',
  'internal/bootstrap/switches/is_',
  'internal/wasm_web_api',
  'internal/ffi',
  'internal/trace_events_async_hooks',
  'internal/legacy/',
];

const LEFT_OUT_EXACTLY = new Set([
  'inspector',
  'inspector/promises',
  'quic',
  'repl',
  'sea',
  'sqlite',
  'trace_events',
  'wasi',
  'ffi',
  'domain',
  'module',
  'config',
]);

/** What is kept of what is left out: Node's fetch, Response and WebSocket; patterns of paths; source maps. */
const KEPT = new Set([
  'internal/deps/undici/undici',
  'internal/deps/minimatch/index',
  'internal/source_map/source_map',
]);

export function isLeftOut(id: string): boolean {
  if (KEPT.has(id)) return false;
  return LEFT_OUT_EXACTLY.has(id) || LEFT_OUT.some((prefix) => id.startsWith(prefix));
}
