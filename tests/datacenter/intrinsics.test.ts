// A program that changes JavaScript's built-ins, which all programs and the engine share in one thread: the others
// and the engine see nothing of it, it keeps its change or ends with a message, and the next run is clean.
import { afterAll, expect, it } from 'vitest';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import { play, specOf } from './udp-world.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());

const SERVER = `import http from 'node:http';
http.createServer((request, response) => request.on('data', () => {}).on('end', () => response.end('hello'))).listen(80);`;
const CLIENT = `import http from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
const ask = () => new Promise((done, fail) => http.request('http://server/', { method: 'POST' }, async (answer) => {
  let text = ''; for await (const chunk of answer.setEncoding('utf8')) text += chunk; done(text);
}).on('error', fail).end('x'.repeat(5000)));
for (let i = 0; i < 4; i++) { console.log(await ask(), ({}).polluted, [...new Map([[1, i]]).values()].length); await wait(5); }`;
const FINE = Array.from({ length: 4 }, () => 'hello undefined 1');

const fail = "() => { throw new Error('spoilt') }";
const on = (place: string, value = fail): string => `${place} = ${value};`;
/** What a program does to what it shares. */
const attacks: Readonly<Record<string, string>> = {
  'Array.prototype[Symbol.iterator]': on('Array.prototype[Symbol.iterator]'),
  'next of array iterators': on('Object.getPrototypeOf([][Symbol.iterator]()).next'),
  'next that never ends': on('Object.getPrototypeOf([][Symbol.iterator]()).next', '() => ({ done: true })'),
  'next of map iterators': on('Object.getPrototypeOf(new Map().values()).next'),
  'next of set iterators': on('Object.getPrototypeOf(new Set().values()).next'),
  'Promise.prototype.then': on('Promise.prototype.then'),
  'Promise.prototype.then that forgets': on('Promise.prototype.then', '() => undefined'),
  'the constructor of promises': on('Promise.prototype.constructor', 'class extends Promise { then() {} }'),
  'Promise.resolve': on('Promise.resolve'),
  'Map.prototype.get': on('Map.prototype.get', '() => undefined'),
  'Map.prototype.set': on('Map.prototype.set'),
  'Set.prototype.delete': on('Set.prototype.delete'),
  'Array.prototype.push': on('Array.prototype.push'),
  'Array.prototype.push that forgets': on('Array.prototype.push', '() => 0'),
  'Array.prototype.shift': on('Array.prototype.shift', '() => undefined'),
  'Function.prototype.call': on('Function.prototype.call'),
  'Function.prototype.apply': on('Function.prototype.apply'),
  'Function.prototype.bind': on('Function.prototype.bind'),
  'Uint8Array.prototype.set': on('Object.getPrototypeOf(Uint8Array.prototype).set'),
  'Uint8Array.prototype.subarray': on('Object.getPrototypeOf(Uint8Array.prototype).subarray'),
  'the size of maps': "Object.defineProperty(Map.prototype, 'size', { get: () => 0 });",
  'the length of bytes':
    "Object.defineProperty(Object.getPrototypeOf(Uint8Array.prototype), 'length', { get: () => 3 });",
  'Symbol.species of arrays':
    'Object.defineProperty(Array, Symbol.species, { get: () => function () { return Object.freeze([]) } });',
  'Symbol.species of bytes':
    'Object.defineProperty(Object.getPrototypeOf(Uint8Array), Symbol.species, { get: () => function () { throw 1 } });',
  'setters on Object.prototype':
    "for (const k of ['run', 'next', 'value', 'payload', 'flags', 'get', 'writable', 'atNs', 'done']) Object.defineProperty(Object.prototype, k, { configurable: true, set() { throw new Error(k) } });",
  'names on Object.prototype': "Object.prototype.polluted = 'yes'; Object.prototype.signal = 1;",
  'numbers on Object.prototype':
    'for (let i = 0; i < 50; i++) Object.defineProperty(Object.prototype, i, { configurable: true, set() {} });',
  'numbers on Array.prototype':
    'for (let i = 0; i < 50; i++) Object.defineProperty(Array.prototype, i, { configurable: true, get: () => 7, set() {} });',
  'the prototype of Array.prototype': 'Object.setPrototypeOf(Array.prototype, null);',
  'Object.defineProperty': on('Object.defineProperty'),
  'Reflect.apply': on("Function('return Reflect')().apply"),
  'JSON.stringify': on('JSON.stringify'),
  'Math.min': on("Function('return Math')().min", '() => -1'),
  'globals of the thread':
    "for (const k of ['Map', 'Uint8Array', 'Promise', 'Error', 'Object', 'Math']) Function('return globalThis')()[k] = undefined;",
  'all methods of arrays':
    "for (const k of Reflect.ownKeys(Array.prototype)) if (typeof Array.prototype[k] === 'function') Array.prototype[k] = function () { return this };",
  'all methods of everything':
    "for (const H of [Array, Map, Set, WeakMap, String, Promise, RegExp, Function]) for (const k of Reflect.ownKeys(H.prototype)) try { if (typeof H.prototype[k] === 'function') H.prototype[k] = () => { throw new Error('spoilt') } } catch {}",
  'frozen, and as it was': 'Object.freeze(Array.prototype); Object.freeze(Promise.prototype);',
};

function attacked(attack: string) {
  const attacker = `import net from 'node:net';
    const socket = net.connect(80, 'server').on('error', () => {});
    setTimeout(() => { ${attack} socket.write('GET / HTTP/1.1\\r\\nhost: x\\r\\n\\r\\n'); console.log('went on', [1, 2].length); }, 2);
    setInterval(() => socket.write('GET / HTTP/1.1\\r\\nhost: x\\r\\n\\r\\n'), 1).unref?.();`;
  return specOf({ server: SERVER, client: CLIENT, attacker });
}

it(`${Object.keys(attacks).length} changes to what is shared reach no other program, or end the run with a word`, async () => {
  const ended: string[] = [];
  for (const [name, attack] of Object.entries(attacks)) {
    const run = await play(runtime, attacked(attack), 0.1e9).catch((error: Error) => error);
    if (run instanceof Error) {
      expect(run.message, name).toMatch(
        /^expected (?:JavaScript's built-ins to do what they do, found \S+.*: change copies|a thread that lives)/,
      );
      ended.push(name);
      continue;
    }
    expect(run.printed('client'), name).toEqual(FINE);
    const own = run.printed('attacker').join('\n');
    if (!own.includes('went on')) expect(own, name).toMatch(/spoilt|TypeError|RangeError|changed/);
  }
  // Those that spoil what the engine does in the attacker's own turn; all others are contained.
  expect(ended.length, ended.join()).toBeLessThan(5);
  const clean = await play(runtime, specOf({ server: SERVER, client: CLIENT }), 0.1e9);
  expect(clean.printed('client')).toEqual(FINE);
}, 120_000);

it('a program keeps what it changed, and another sees nothing of it', async () => {
  const patching = `Array.prototype.push = ((push) => function (...given) { return push.apply(this, given) + 100; })(Array.prototype.push);
    Object.prototype.polluted = 'yes'; delete Array.prototype.flat;
    let turns = 0;
    const timer = setInterval(() => {
      console.log([].push(1), ({}).polluted, typeof [].flat);
      if (++turns === 70) clearInterval(timer);
    }, 1);`;
  const looking = `let turns = 0;
    const timer = setInterval(() => {
      console.log([].push(1), ({}).polluted, typeof [].flat);
      if (++turns === 70) clearInterval(timer);
    }, 1);`;
  // What was frozen above stays frozen in that thread.
  const fresh = datacenterRuntime();
  const run = await play(fresh, specOf({ patching, looking }), 1e9).finally(() => fresh.close());
  expect(new Set(run.printed('patching'))).toEqual(new Set(['101 yes undefined']));
  expect(new Set(run.printed('looking'))).toEqual(new Set(['1 undefined function']));
  expect(run.printed('looking')).toHaveLength(70);
});
