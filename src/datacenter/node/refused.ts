// data table: what of Node the data center refuses, and why. Errors of refusal are made from it, and the engine's
// page lists it: a refusal that is not here has no words. Every module of Node that is not carried stands here.

export interface Refusal {
  /** As programs write it: a module `node:repl`, a call `module.register()`, an option, a class. */
  readonly name: string;
  /** What would be taken instead. */
  readonly expected: string;
  readonly why: string;
}

const MODULE = 'a module that the data center carries';
const CALL = 'a call that the data center supports';

const refusal = (expected: string, why: string, ...names: readonly string[]): readonly Refusal[] =>
  names.map((name) => ({ name, expected, why }));

export const REFUSALS: readonly Refusal[] = [
  ...refusal(
    MODULE,
    'no debugger can be attached to a program here',
    'node:inspector',
    'node:inspector/promises',
  ),
  ...refusal(MODULE, 'no machine has a terminal to type at', 'node:repl'),
  ...refusal(MODULE, "deprecated by Node; use AsyncLocalStorage, or an 'error' listener", 'node:domain'),
  ...refusal(MODULE, "the run's own trace tells what happened", 'node:trace_events'),
  ...refusal(MODULE, 'needs SQLite, which is native code', 'node:sqlite'),
  ...refusal(MODULE, 'needs native code that gives WebAssembly the system', 'node:wasi'),
  ...refusal(MODULE, 'programs are files on a disk here, not single executables', 'node:sea'),
  ...refusal(MODULE, 'experimental in Node, and needs native code', 'node:quic', 'node:ffi'),
  ...refusal(
    'a program without TLS',
    'needs OpenSSL, which is native code: use plain TCP and HTTP inside the cluster',
    'tls_wrap',
  ),
  ...refusal(
    'a context that shares these with its process',
    'JavaScript cannot make a realm: a context of node:vm has globals of its own, and no more than that',
    'built-in classes of a vm context, such as its own Array',
    'microtaskMode of a vm context',
    'codeGeneration of a vm context',
    'breaking a vm script by SIGINT',
  ),
  ...refusal(CALL, 'needs what only an engine knows of its heap', 'vm.measureMemory()'),
  ...refusal(
    CALL,
    "the loader's steps cannot be replaced by a program",
    'module.register()',
    'mock.module()',
    'module.registerHooks()',
    'module.runMain()',
  ),
  ...refusal(
    CALL,
    'code runs as it was written, and its errors say where, without source maps',
    'module.setSourceMapsSupport()',
    'stacks of errors by node --enable-source-maps',
    'node --experimental-transform-types',
  ),
  ...refusal(
    'what JavaScript itself knows of an object',
    'only V8 knows the rest: inspect() shows what it can',
    'state of a promise in inspect()',
    'class of some objects without prototype in inspect()',
    'entries that come after inspect() has shown an iterator',
  ),
  ...refusal(
    CALL,
    'code is compiled ahead of time, or in the run, and is not kept',
    'module.enableCompileCache()',
    'module.flushCompileCache()',
    'module.stripTypeScriptTypes()',
  ),
  ...refusal(
    'hashes, HMAC, derivation of keys, random numbers or secret keys',
    'its ciphers, pairs of keys and signatures need OpenSSL',
    'crypto',
  ),
  ...refusal(
    'a child that ends by itself; or spawn(), fork() or exec()',
    'while a process waits for its child within one turn, nothing else of the run goes on',
    'spawnSync() with a child that needs another machine',
    'spawnSync() with a child that needs nothing to wait for',
    'spawnSync() with a child that needs no end',
    'spawnSync() with a child that needs promises of code made by eval()',
    'spawnSync() with a child that needs await using',
  ),
  ...refusal(
    'a main module that names createHook, promiseHooks or multipleResolves',
    "JavaScript cannot see the host's promises: only such a program gets promises of the engine's own, which can be seen",
    'async_hooks of promises',
    'v8.promiseHooks',
    "process.on('multipleResolves')",
  ),
  ...refusal(
    'handles, requests and threads that end, and destroy of what the program ends itself',
    'collected garbage cannot be seen from JavaScript: hooks are not called for it',
    'async_hooks destroy on garbage collection',
  ),
  ...refusal(
    CALL,
    'tests run in the process of the file that names them',
    'run() of node:test',
    'coverage of tests',
  ),
  ...refusal(
    CALL,
    'heap, profiler and optimizer are those of the host, not of a machine',
    'v8',
    'heap_utils',
    'profiler',
    'report',
    'watchdog',
  ),
];

const byName: ReadonlyMap<string, Refusal> = new Map(REFUSALS.map((each) => [each.name, each]));

export const refusalOf = (name: string): Refusal | undefined => byName.get(name);

/** The error of a refusal. A name that the table has not is refused by what stands before its dot, else in general. */
export function refusedError(name: string): Error {
  const found = refusalOf(name) ?? refusalOf(name.split('.')[0] ?? '');
  const expected = found?.expected ?? (name.startsWith('node:') ? MODULE : CALL);
  const why = found?.why ?? 'see the engine page for what is refused and why';
  return new Error(`expected ${expected}, found ${name}: ${why}`);
}

/** Refuses by name. */
export function refuseCall(name: string): () => never {
  return () => {
    throw refusedError(name);
  };
}
