// biome-ignore-all lint: what a careful writer would not do is run here too
// The process object: arguments, environment, clocks, warnings, codes, and its events in order.
// Run by differential.test.ts.
const say = (...words) => console.log(...words);
say(process.argv.slice(2), process.argv.length, process.argv[1].endsWith('/process.mjs'), process.execArgv);
say(
  process.env.MACHINE,
  process.env.NONE,
  'MACHINE' in process.env,
  process.env.SEED,
  Object.keys(process.env).includes('HOME'),
);
process.env.NUMBER = 5;
say(process.env.NUMBER, typeof process.env.NUMBER, delete process.env.NUMBER, process.env.NUMBER);
try {
  process.env[Symbol('s')] = 1;
} catch (error) {
  say(error.name, error.message);
}
say(
  process.version.startsWith('v24.'),
  process.versions.node === process.version.slice(1),
  process.platform,
  process.release.name,
);
say(
  process.cwd().endsWith('/programs'),
  typeof process.pid,
  typeof process.ppid,
  process.exitCode,
  process.umask().toString(8),
  process.config.variables !== undefined,
);
const [seconds, nanoseconds] = process.hrtime();
const [later] = process.hrtime([seconds, nanoseconds]);
say(typeof seconds, nanoseconds < 1e9, later >= 0, typeof process.hrtime.bigint(), process.uptime() >= 0);
say(
  Object.keys(process.memoryUsage()),
  typeof process.memoryUsage.rss(),
  Object.keys(process.cpuUsage()),
  Object.keys(process.resourceUsage()).length,
);
try {
  process.hrtime([1]);
} catch (error) {
  say(error.name, error.code, error.message);
}
for (const bad of [
  () => process.nextTick(5),
  () => (process.exitCode = 'x'),
  () => process.kill('x'),
  () => process.emitWarning(),
]) {
  try {
    bad();
  } catch (error) {
    say(error.name, error.code, error.message);
  }
}
process.nextTick((...given) => say('tick', given), 1, 'two', { three: 3 });
process.on('warning', (warning) =>
  say('warning', warning.name, warning.code, warning.message, warning.detail),
);
process.emitWarning('careful');
process.emitWarning('typed', 'OwnWarning', 'W001');
process.emitWarning('detailed', { type: 'T', code: 'C', detail: 'more words' });
process.emitWarning(new RangeError('as error'));
process.emitWarning('old', 'DeprecationWarning', 'DEP9');
say(
  process.listenerCount('warning') > 0,
  process.eventNames().includes('warning'),
  process.constructor.name,
  String(process),
  process instanceof (await import('node:events')).EventEmitter,
);
say(
  performance.now() > 0,
  performance.timeOrigin > 1e12,
  typeof performance.toJSON().nodeTiming,
  new Date().getTime() > 1.7e12,
  Date.now() % 1,
);
performance.mark('a');
say(performance.measure('m', 'a').name, performance.getEntriesByType('mark').length);
say(
  typeof Date(),
  new Date(2020, 0, 1).toISOString(),
  Date.UTC(2020, 1),
  Date.length,
  Date.name,
  new Date('2020-02-30').getTime(),
  new (class extends Date {})(0) instanceof Date,
  Object.prototype.toString.call(new Date()),
);
say(Math.random() < 1, Math.random() !== Math.random(), Math.max(1, 2), String(Math));
say(typeof crypto.randomUUID(), crypto.randomUUID().length, crypto.getRandomValues(new Uint8Array(3)).length);
say(
  typeof window,
  typeof document,
  typeof self,
  typeof importScripts,
  typeof localStorageX,
  typeof globalThis.process,
  this,
  typeof require,
  typeof module,
);
say(
  Object.prototype.toString.call(globalThis),
  globalThis === global,
  typeof globalThis.setTimeout,
  navigator.userAgent,
);
globalThis.shared = 'set on globalThis';
say(globalThis.shared, typeof shared);
let goodbyes = 0;
process.on('beforeExit', (code) => {
  say('beforeExit', code, process.exitCode);
  if (goodbyes++ === 0) setTimeout(() => say('went on'), 1);
  else process.exitCode = 7;
});
process.on('exit', (code) => {
  say('exit', code, process.exitCode);
  setTimeout(() => say('NEVER'), 0);
  process.nextTick(() => say('NEVER'));
  process.exitCode = 9;
});
