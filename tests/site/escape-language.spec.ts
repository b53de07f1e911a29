// Guest code that wants the engine's own objects by means of the language: stack frames, callers, constructors,
// patched built-ins that the engine calls too, setters on shared prototypes, proxies, WebAssembly.
// Each attempt gives what it could reach of the host's powers; that must be nothing.
import { expect, test } from '@playwright/test';
import { openEngine, playInPage, printed, programSpec } from './engine-page.ts';

/** `foreign(x)` names a power of the host that the object has. */
const PRELUDE = `
const host = Function('return globalThis')();
const POWERS = ['postMessage', 'fetch', 'MessageChannel', 'MessagePort', 'indexedDB', 'importScripts', 'setInterval',
  'Worker', 'XMLHttpRequest', 'close', 'port1', 'onmessage'];
const foreign = (x) => x !== null && (typeof x === 'object' || typeof x === 'function') && x !== globalThis &&
  POWERS.find((name) => { try { return x[name] !== undefined } catch { return false } });
const seen = [];
const found = () => seen.map(foreign).find(Boolean);
const wait = () => new Promise((done) => setTimeout(done, 20));
const frames = (sites) => { for (const site of sites) seen[seen.length] = site.getThis(), seen[seen.length] = site.getFunction() };
`;

const attempts: Readonly<Record<string, string>> = {
  'call sites of the program':
    "Error.prepareStackTrace = (_, sites) => frames(sites); Error.stackTraceLimit = 100; new Error('x').stack; return found()",
  'call sites by the thread’s Error':
    "host.Error.prepareStackTrace = (_, sites) => frames(sites); host.Error.stackTraceLimit = 100; new host.Error('x').stack; return found()",
  'call sites by captureStackTrace':
    'Error.prepareStackTrace = (_, sites) => frames(sites); const o = {}; Error.captureStackTrace(o); o.stack; return found()',
  'call sites of the engine’s own errors':
    "host.Error.prepareStackTrace = (_, sites) => frames(sites); const net = await import('node:net'); await new Promise((done) => { net.connect(1, '10.0.0.99').on('error', (e) => { e.stack; done() }); setTimeout(done, 2000) }); return found()",
  'call sites of sloppy code':
    "host.Error.prepareStackTrace = (_, sites) => frames(sites); Function('E', 'return new E(1).stack')(host.Error); return found()",
  'arguments.callee.caller':
    "let c = Function('return arguments.callee.caller')(); while (c) { seen.push(c, c.prototype); c = c.caller } return found()",
  'caller of a sloppy function':
    "seen.push(Function('return function f() { return f.caller }')()()); return found()",
  'constructor of an arrow': "return (() => {}).constructor('return this')().postMessage",
  'constructor of an async function': "return (await (async () => {}).constructor('return this')()).fetch",
  'constructor of a generator':
    "return (function* () {}).constructor('yield this')().next().value.importScripts",
  'constructor of an async generator':
    "return (await (async function* () {}).constructor('yield this')().next()).value.indexedDB",
  'Symbol.species of promises':
    'const H = host.Promise; Object.defineProperty(H, Symbol.species, { get: () => function (run) { return new H((a, b) => { seen.push(a, b); run(a, b) }) } }); await wait(); return found()',
  'a subclass of Promise':
    'class P extends host.Promise { constructor(run) { super((a, b) => { seen.push(a, b, run); run(a, b) }) } } await P.resolve(1).then(wait); return found()',
  'a patched then':
    'const { prototype } = host.Promise; const { then } = prototype; prototype.then = function (a, b) { seen.push(this, a, b); return then.call(this, a, b) }; await wait(); prototype.then = then; return found()',
  'a patched Map.prototype.get':
    'const { prototype } = host.Map; const { get } = prototype; prototype.get = function (k) { const v = get.call(this, k); seen.push(this, k, v); return v }; await wait(); prototype.get = get; return found()',
  'a patched push':
    "const { prototype } = host.Array; const { push } = prototype; prototype.push = function (...a) { for (const x of a) seen[seen.length] = x; return push.apply(this, a) }; await wait(); console.log('x'); prototype.push = push; return found()",
  'patched call, apply and bind':
    "const P = host.Function.prototype; const { call, apply, bind } = P; const R = Reflect.apply; for (const [name, own] of Object.entries({ call, apply, bind })) P[name] = function (...a) { seen[seen.length] = this; seen[seen.length] = a[0]; return R(own, this, a) }; await wait(); console.log('x'); Object.assign(P, { call, apply, bind }); return found()",
  'a patched Reflect':
    'const { construct, apply } = host.Reflect; host.Reflect.construct = (...a) => { seen[seen.length] = a[0]; return construct(...a) }; host.Reflect.apply = (...a) => { seen[seen.length] = a[1]; return apply(...a) }; await wait(); Object.assign(host.Reflect, { construct, apply }); return found()',
  'a patched iterator':
    "const I = Object.getPrototypeOf([][Symbol.iterator]()); const { next } = I; I.next = function () { const r = Reflect.apply(next, this, []); seen[seen.length] = r.value; return r }; await wait(); console.log('x'); I.next = next; return found()",
  'a next of iterators that never ends':
    "Object.getPrototypeOf([][Symbol.iterator]()).next = () => ({ done: true }); await wait(); console.log('x'); return found()",
  'a get of maps that forgets':
    "Map.prototype.get = () => undefined; await wait(); console.log('x'); return found()",
  'a shift that forgets':
    "Array.prototype.shift = () => undefined; await wait(); console.log('x'); return found()",
  'a patched typed array':
    "const T = Object.getPrototypeOf(Uint8Array.prototype); const { set } = T; T.set = function (...a) { seen[seen.length] = this; return Reflect.apply(set, this, a) }; console.log('x'); T.set = set; return found()",
  'setters on Object.prototype':
    "for (const k of ['data', 'ports', 'post', 'hop', 'port', 'onmessage', 'port1', 'host', 'reply', 'call', 'thread', 'callback']) Object.defineProperty(host.Object.prototype, k, { configurable: true, get() { seen[seen.length] = this }, set(v) { seen[seen.length] = this; seen[seen.length] = v } }); await wait(); console.log('x'); for (const k of ['data', 'ports', 'post', 'hop', 'port', 'onmessage', 'port1', 'host', 'reply', 'call', 'thread', 'callback']) delete host.Object.prototype[k]; return found()",
  'a proxy in place of process.env':
    "process.env = new Proxy({}, { get(t, k, r) { seen.push(t, r) }, has(t) { seen.push(t) } }); await import('node:http'); return found()",
  'a proxy as a value of process.env':
    "process.env.X = new Proxy({}, { get: (t, k) => (k === Symbol.toPrimitive ? () => 'v' : undefined) }); return typeof process.env.X === 'string' ? undefined : 'an object'",
  'process.binding': "return foreign(process.binding('natives'))",
  'the main module’s require': "return process.mainModule?.require('node:child_process')",
  internalBinding:
    "return typeof internalBinding === 'undefined' ? undefined : foreign(internalBinding('messaging'))",
  'a proxy through structuredClone': 'return foreign(structuredClone(new Proxy({}, {})))',
  'streaming WebAssembly':
    'return host.WebAssembly.compileStreaming && foreign(await host.WebAssembly.compileStreaming(Promise.resolve(1)))',
  // Memory of this name is there for Node's library; there is nobody to share it with, and nothing waits for it.
  SharedArrayBuffer: 'return foreign(new SharedArrayBuffer(8)) ?? foreign(SharedArrayBuffer)',
  'Atomics.waitAsync':
    "return typeof host.Atomics.waitAsync === 'undefined' ? undefined : 'a wait on the host’s clock'",
  'Atomics.wait on shared memory of WebAssembly':
    'return Atomics.wait(new Int32Array(new WebAssembly.Memory({ initial: 1, maximum: 1, shared: true }).buffer), 0, 0, 10) && undefined',
  navigation: "host.location = 'https://example.com/'; return host.location.assign",
  'navigation of the parent': "host.eval('top.location = \"https://example.com/\"'); return 'navigated'",
};

/** What was got, or why it was refused, or of what the program died over its own change. */
const REACHED_NOTHING =
  /(?:^|\n)(?:got (?:undefined|null|false)|refused |\w*Error: |expected JavaScript's built-ins)/;

test(`${Object.keys(attempts).length} ways to the engine's own objects lead nowhere`, async ({ page }) => {
  test.setTimeout(180_000);
  await openEngine(page);
  const address = page.url();
  for (const [name, body] of Object.entries(attempts)) {
    const program = `${PRELUDE}
      try { console.log('got ' + String(await (async () => { ${body} })())); }
      catch (error) { console.log('refused ' + error.name); }`;
    const text = printed(await playInPage(page, programSpec(program), 5e9));
    expect(text, name).toMatch(REACHED_NOTHING);
    const next = await playInPage(page, programSpec("console.log('clean', ({}).data, typeof [].push)"), 1e9);
    expect(printed(next), `after: ${name}`).toBe('clean undefined function\n');
  }
  expect(page.url()).toBe(address);
});
