// What runs first in a thread of worker_threads: waits for the Worker's word on what to load, sets up the thread's
// process object, runs the script, and tells the Worker of errors that nobody caught. Does what Node's
// internal/main/worker_thread does. Called by program.ts.
import { handleOf, type Port } from './bindings/message-port.ts';
import { scriptOf } from './loader/main.ts';
import { dieBy } from './process-fatal.ts';
import type { Callable, LibraryExports, Realm } from './realm.ts';

interface LoadScript {
  readonly type: string;
  readonly argv?: readonly string[];
  readonly doEval: false | string;
  readonly environmentData: unknown;
  readonly filename: string;
  readonly hasStdin: boolean;
  readonly publicPort: Port;
  readonly mainThreadPort: Port;
  readonly workerData: unknown;
  readonly stream: 'stdin' | 'stdout' | 'stderr';
  readonly chunks: readonly { readonly chunk: unknown; readonly encoding: unknown }[];
}

/** What changes the state of the whole process is the main thread's alone. */
const UNAVAILABLE = ['abort', 'chdir', 'setuid', 'seteuid', 'setgid', 'setegid', 'setgroups', 'initgroups'];

/** Runs a file as the main module, or a text that is one. */
type RunMain = (path: string, text?: string) => void;

export function beginThread(realm: Realm, runMain: RunMain): void {
  const io = realm.requireBuiltin('internal/worker/io');
  const self = realm.processObject;
  const port = realm.internalBinding('worker')['getEnvMessagePort'] as () => Port;
  const own = port() as Record<string, Callable>;
  const types = io['messageTypes'] as Record<string, string>;
  restrictProcess(realm, io);
  dieBy(realm, (error) => failed(realm, own, types, error));
  own['on']?.('message', (given: unknown) => {
    const message = given as LoadScript;
    if (message.type === types['LOAD_SCRIPT']) load(realm, own, types, message, runMain);
    else if (message.type === types['STDIO_PAYLOAD']) {
      const stream = self[message.stream] as { push: Callable };
      for (const { chunk, encoding } of message.chunks) stream.push(chunk, encoding);
    } else {
      const stream = self[message.stream] as Record<symbol, Callable>;
      stream[io['kStdioWantsMoreDataCallback'] as unknown as symbol]?.();
    }
  });
  handleOf(own)?.start();
}

function load(
  realm: Realm,
  port: Record<string, Callable>,
  types: Record<string, string>,
  message: LoadScript,
  runMain: RunMain,
): void {
  const self = realm.processObject;
  port['unref']?.();
  const name = message.doEval === false ? message.filename : '[worker eval]';
  self['argv'] = ['/usr/bin/node', name, ...(message.argv ?? [])];
  const threads = realm.requireBuiltin('worker_threads');
  threads['parentPort'] = message.publicPort;
  threads['workerData'] = message.workerData;
  (realm.requireBuiltin('internal/worker')['assignEnvironmentData'] as Callable)(message.environmentData);
  (realm.requireBuiltin('internal/worker/messaging')['setupMainThreadPort'] as Callable)(
    message.mainThreadPort,
  );
  if (!message.hasStdin) (self['stdin'] as { push: Callable }).push(null);
  port['postMessage']?.({ type: types['UP_AND_RUNNING'] });
  const path = `${realm.workingDirectory}/[worker eval].mjs`;
  if (message.doEval === 'data-url') runMain(path, textOfUrl(realm, message.filename));
  else if (message.doEval === false) runMain(message.filename);
  else if (!runText(realm, message.filename, name)) runMain(path, message.filename);
}

/** Of a data: URL that is a module of JavaScript; others are refused as in Node. */
function textOfUrl(realm: Realm, url: string): string {
  const [, type = '', base64, body = ''] = /^data:([^,;]*)[^,]*?(;base64)?,(.*)$/s.exec(url) ?? [];
  if (type !== 'text/javascript')
    throw Object.assign(new RangeError(`Unknown module format: ${type} for URL ${url}`), {
      code: 'ERR_UNKNOWN_MODULE_FORMAT',
    });
  if (base64 === undefined) return decodeURIComponent(body);
  const { Buffer } = realm.requireBuiltin('buffer') as { Buffer: { from: Callable } };
  return String(Buffer.from(body, 'base64'));
}

/** A text in place of a file: a script that sees what a CommonJS module does. False where it is a module instead. */
function runText(realm: Realm, text: string, name: string): boolean {
  const path = `${realm.workingDirectory}/${name}`;
  const module = { exports: {}, id: name, filename: path, loaded: false, children: [], paths: [] };
  const members = {
    module,
    exports: module.exports,
    require: realm.createRequire(path),
    __filename: name,
    __dirname: '.',
  };
  for (const [key, value] of Object.entries(members))
    Object.defineProperty(realm.globalObject, key, { value, writable: true, configurable: true });
  const script = scriptOf(realm, text, name);
  if (script !== null) realm.scripts.run(script);
  return script !== null;
}

function restrictProcess(realm: Realm, io: LibraryExports): void {
  const self = realm.processObject;
  const { unavailable } = realm.requireBuiltin('internal/process/worker_thread_only') as {
    unavailable: (name: string) => unknown;
  };
  for (const name of UNAVAILABLE) self[name] = unavailable(`process.${name}()`);
  const { NODE_CHANNEL_FD: channel } = self['env'] as Record<string, string | undefined>;
  if (channel !== undefined && channel !== '') {
    for (const name of ['send', 'disconnect']) self[name] = unavailable(`process.${name}()`);
    for (const name of ['channel', 'connected'])
      Object.defineProperty(self, name, {
        configurable: true,
        get: unavailable(`process.${name}`) as () => unknown,
      });
  }
  const umask = self['umask'] as Callable;
  const refuseMask = unavailable('Setting process.umask()') as Callable;
  self['umask'] = (mask?: unknown) => (mask === undefined ? umask() : refuseMask());
  let streams: LibraryExports | undefined;
  for (const name of ['stdin', 'stdout', 'stderr']) {
    Object.defineProperty(self, name, {
      configurable: true,
      enumerable: true,
      get: () => {
        streams ??= (io['createWorkerStdio'] as () => LibraryExports)();
        return streams[name];
      },
    });
  }
}

/** An error that nobody in the thread caught goes to the Worker, and the thread ends. */
function failed(
  realm: Realm,
  port: Record<string, Callable>,
  types: Record<string, string>,
  error: unknown,
): void {
  const self = realm.processObject;
  if (self['_exiting'] !== true) {
    self['_exiting'] = true;
    self['exitCode'] = 1;
    try {
      (self['emit'] as Callable).call(self, 'exit', 1);
    } catch {
      // As in Node: what the listeners of `exit` throw is not heard.
    }
  }
  try {
    const serialize = realm.requireBuiltin('internal/error_serdes')['serializeError'] as Callable;
    port['postMessage']?.({ type: types['ERROR_MESSAGE'], error: serialize(error) });
  } catch {
    port['postMessage']?.({ type: types['COULD_NOT_SERIALIZE_ERROR'] });
  }
  const code = self['exitCode'];
  realm.end({ code: typeof code === 'number' ? code : 1, signal: null, why: 'an error that nobody caught' });
}
