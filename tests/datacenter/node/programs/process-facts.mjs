// What a process knows of itself and lets be set: environment, masks, flags, features, resources in use.
// Run on Node and in the data center by differential.test.ts.
import { once } from 'node:events';
import { createServer } from 'node:net';

const attempt = (name, run) => {
  try {
    console.log(name, run());
  } catch (error) {
    console.log(name, error.name, error.code, error.message);
  }
};

const { env } = process;
env.NUMBER = 7;
env[''] = 'no variable without a name';
console.log(env.NUMBER, env[''], env.NEVER, Symbol('s') in env, delete env.NEVER);
attempt('symbol', () => {
  env.SYMBOL = Symbol('s');
});
attempt('getter', () => Object.defineProperty(env, 'GETTER', { get: () => 1 }));
attempt('hidden', () => Object.defineProperty(env, 'HIDDEN', { value: 'x' }));
console.log(structuredClone(env).NUMBER);

const before = process.umask('0664');
console.log(process.umask(before).toString(8), process.umask() === before);
attempt('umask', () => process.umask('999'));
attempt('setuid', () => process.setuid({}));
attempt('setegid', () => process.setegid('nobody-of-that-name'));
attempt('chdir', () => process.chdir('/nowhere'));
attempt('capture', () => process.setUncaughtExceptionCaptureCallback(1));
attempt('binding', () => process.binding('nothing'));
attempt('builtin', () => process.getBuiltinModule(1));
console.log(process.getBuiltinModule('node:nothing'), typeof process.getBuiltinModule('path').join);

const flags = process.allowedNodeEnvironmentFlags;
console.log(flags.has('--max_http-header-size'), flags.has('--nothing'), Object.isFrozen(flags));
console.log(process instanceof process.constructor, Object.prototype.toString.call(process));
console.log(process.config.variables.v8_enable_i18n_support, process.features.typescript);

const kinds = (kind) => process.getActiveResourcesInfo().filter((each) => each === kind).length;
const server = createServer().listen(0);
await once(server, 'listening');
const timeout = setTimeout(() => undefined, 100_000);
console.log(kinds('TCPServerWrap'), kinds('Timeout'));
clearTimeout(timeout);
server.close();
console.log(kinds('TCPServerWrap'), kinds('Timeout'));
