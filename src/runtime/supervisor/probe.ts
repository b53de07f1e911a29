// Loaded before a program by `node --require`: tells the supervisor on which ports the program listens, what it
// publishes on channels that begin with `brownout:`, and what Node's own channels say of HTTP. It keeps servers that
// name no address to this computer, ends the program when its supervisor is gone, and is otherwise not there: no
// global, no open handle, nothing of it in processes that the program starts. Bundled as CommonJS for Node 18.
import dgram from 'node:dgram';
import diagnostics from 'node:diagnostics_channel';
import type { ClientRequest, IncomingMessage, ServerResponse } from 'node:http';
import { syncBuiltinESMExports } from 'node:module';
import net, { type AddressInfo, type Socket } from 'node:net';
import { HOST } from './host.ts';
import type { Told } from './lines.ts';

const CPU_EVERY_MS = 500;
const TEXT_MAX = 100_000;

if (process.env['BROWNOUT_PROBE'] !== undefined && process.send !== undefined) {
  delete process.env['BROWNOUT_PROBE'];
  begin(process.send.bind(process));
}

function begin(send: (message: Told) => unknown): void {
  const tell = (told: Told): void => {
    if (process.connected) send(told);
  };
  process.once('disconnect', () => process.exit());
  process.channel?.unref();
  // The program was not forked by a Node program, and shall not believe that it was.
  delete process.send;
  watchTcp(tell);
  watchUdp(tell);
  watchPublished(tell);
  watchHttp(tell);
  const cpu = (): void => {
    const { user, system } = process.cpuUsage();
    tell({ tells: 'cpu', us: user + system });
  };
  setInterval(cpu, CPU_EVERY_MS).unref();
  process.once('exit', cpu);
  syncBuiltinESMExports();
}

/** Arguments of listen() and bind() that name a port and no address, with this computer's. */
function atHome(given: readonly unknown[]): unknown[] {
  const [first, second, ...others] = given;
  if (typeof first === 'number' || (typeof first === 'string' && /^\d+$/.test(first))) {
    if (typeof second === 'string') return [...given];
    const rest = second === undefined ? others : [second, ...others];
    return [first, HOST, ...rest];
  }
  if (typeof first === 'object' && first !== null && 'port' in first) {
    const asked = first as Readonly<Record<string, unknown>>;
    const isSaid = ['host', 'address', 'path', 'fd'].some((name) => asked[name] !== undefined);
    return isSaid ? [...given] : [{ ...first, host: HOST, address: HOST }, ...given.slice(1)];
  }
  return [...given];
}

function watchTcp(tell: (told: Told) => void): void {
  const { prototype } = net.Server;
  const listen = prototype.listen as (this: net.Server, ...given: unknown[]) => net.Server;
  prototype.listen = function listening(this: net.Server, ...given: unknown[]): net.Server {
    let port = 0;
    this.once('listening', () => {
      const address = this.address();
      port = typeof address === 'object' && address !== null ? address.port : 0;
      if (port > 0) tell({ tells: 'listen', protocol: 'tcp', port });
      // A server that stops listening lets its connections end first, and closes after that.
      const close = this.close;
      this.close = (...last: Parameters<typeof close>) => {
        if (port > 0) tell({ tells: 'unlisten', protocol: 'tcp', port });
        this.close = close;
        return close.apply(this, last);
      };
    });
    return listen.apply(this, atHome(given));
  } as typeof prototype.listen;
}

function watchUdp(tell: (told: Told) => void): void {
  const { prototype } = dgram.Socket;
  const bind = prototype.bind as (this: dgram.Socket, ...given: unknown[]) => dgram.Socket;
  prototype.bind = function binding(this: dgram.Socket, ...given: unknown[]): dgram.Socket {
    this.once('listening', () => {
      const { port } = this.address() as AddressInfo;
      tell({ tells: 'listen', protocol: 'udp', port });
      this.once('close', () => tell({ tells: 'unlisten', protocol: 'udp', port }));
    });
    return bind.apply(this, atHome(given));
  } as typeof prototype.bind;
}

function watchPublished(tell: (told: Told) => void): void {
  const channelOf = diagnostics.channel;
  const seen = new Set<string>();
  diagnostics.channel = (name) => {
    const made = channelOf(name);
    if (typeof name === 'string' && name.startsWith('brownout:') && !seen.has(name)) {
      seen.add(name);
      diagnostics.subscribe(name, (message) => {
        let text: string | undefined;
        try {
          text = JSON.stringify(message);
        } catch {}
        tell({
          tells: 'publish',
          channel: name,
          text: text === undefined || text.length > TEXT_MAX ? 'null' : text,
        });
      });
    }
    return made;
  };
}

/** What Node's channels about HTTP hand out. */
interface Heard {
  readonly request?: IncomingMessage | ClientRequest;
  readonly response?: IncomingMessage | ServerResponse;
  readonly error?: NodeJS.ErrnoException & { readonly port?: number };
}

function watchHttp(tell: (told: Told) => void): void {
  const ids = new WeakMap<object, number>();
  const ports = new WeakMap<object, number>();
  let nextId = 0;
  const idOf = (message: object): number => {
    const id = ids.get(message) ?? ++nextId;
    ids.set(message, id);
    return id;
  };
  const server = (phase: 'start' | 'end', { request, response }: Heard): void => {
    const { method = '', url = '', socket } = request as IncomingMessage;
    const status = phase === 'end' ? { status: (response as ServerResponse).statusCode } : {};
    const peerPort = ports.get(request as object) ?? socket.remotePort ?? 0;
    ports.set(request as object, peerPort);
    const id = idOf(request as object);
    tell({ tells: 'http', side: 'server', phase, id, method, url, peerPort, ...status });
  };
  const client = (phase: 'start' | 'end' | 'error', heard: Heard, port: number | undefined): void => {
    const request = heard.request as ClientRequest;
    const known = port ?? ports.get(request) ?? 0;
    ports.set(request, known);
    const status = heard.response === undefined ? {} : { status: heard.response.statusCode ?? 0 };
    const error = heard.error === undefined ? {} : { error: heard.error.code ?? heard.error.message };
    const { method, path: url } = request;
    const id = idOf(request);
    tell({ tells: 'http', side: 'client', phase, id, method, url, peerPort: known, ...status, ...error });
  };
  // Where a request goes is known when its socket is connected, or could not be.
  const started = new WeakSet<object>();
  const start = (heard: Heard, port: number | undefined): void => {
    if (heard.request === undefined || started.has(heard.request)) return;
    started.add(heard.request);
    client('start', { request: heard.request }, port);
  };
  const onSocket = (heard: Heard, socket: Socket): void => {
    if (!socket.connecting) start(heard, socket.remotePort);
    else socket.once('connect', () => start(heard, socket.remotePort));
  };
  const on = (name: string, hear: (heard: Heard) => void): void =>
    diagnostics.subscribe(name, (message) => hear(message as Heard));
  on('http.server.request.start', (heard) => server('start', heard));
  on('http.server.response.finish', (heard) => server('end', heard));
  on('http.client.request.start', (heard) => {
    const { socket } = heard.request as ClientRequest;
    if (socket !== null) onSocket(heard, socket);
    else (heard.request as ClientRequest).once('socket', (given) => onSocket(heard, given));
  });
  on('http.client.response.finish', (heard) => client('end', heard, undefined));
  on('http.client.request.error', (heard) => {
    start(heard, heard.error?.port);
    client('error', heard, heard.error?.port);
  });
}
