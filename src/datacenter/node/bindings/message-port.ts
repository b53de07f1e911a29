// Ports of message channels, within a thread and between threads of one process. What is posted arrives as a
// completion of the receiver's loop, at the sender's time. The kernel's side of a port may move from one thread to
// another; the object that a program holds is made anew there. Called by messaging.ts and worker.ts.
import type { Callable, Realm } from '../realm.ts';
import { carriedInto, detachedFrom } from './carried-handle.ts';
import { OpenFileHandle } from './fs-file-handle.ts';
import { HandleWrap } from './handle-wrap.ts';
import { channel, PortEnd } from './message-channel.ts';
import { cloneError, type Message, type PortCarrier, packed, unpacked } from './message-clone.ts';
import { coded, listOf } from './message-options.ts';
import { perThreadSymbol } from './plain.ts';
import { TcpHandle } from './tcp-handle.ts';
import { groupOf } from './thread-group.ts';

const ON_CLOSE = perThreadSymbol('handle_onclose');
const ON_INIT = perThreadSymbol('oninit');
const NO_MESSAGE = perThreadSymbol('no_message_symbol');
const DISPATCH = Symbol.for('nodejs.internal.kHybridDispatch');
const RECEIVED = Symbol.for('nodejs.internal.kCurrentlyReceivingPorts');

/** The native side of a MessagePort. */
export class PortHandle extends HandleWrap {
  readonly end: PortEnd;
  readonly port: Port;
  #isReceiving = false;
  #isQueued = false;

  constructor(realm: Realm, end: PortEnd, port: Port) {
    super(realm, 'MESSAGEPORT', port);
    this.end = end;
    this.port = port;
    end.owner = this;
    this.activate();
    this.holdUntilClosed(() => {
      if (end.owner === this) end.close();
    });
    Object.assign(this, { [ON_CLOSE]: () => (port as Members)[ON_CLOSE]?.call(port) });
  }

  post(value: unknown, transfer: readonly unknown[]): boolean {
    if (transfer.includes(this.port)) throw cloneError(this.realm, 'Transfer list contains source port');
    const message = packed(this.realm, carrier, value, transfer);
    if (this.isClosing) return false;
    const { others } = this.end;
    if (message.ports.some((each) => others.has(each as PortEnd))) return this.#lost();
    const isNear = [...others].every(({ owner }) => owner?.isIn(this.realm));
    const send = (): void => {
      for (const other of [...others]) {
        // Each of a broadcast gets a copy of its own.
        const own = this.end.isBroadcast ? { ...message, data: structuredClone(message.data) } : message;
        other.receive(own);
      }
    };
    // Within a thread there is nothing between the ports.
    if (isNear) send();
    else this.realm.process.kernel(send);
    return true;
  }

  /** The other side was sent to itself: nobody can hear either any more. */
  #lost(): boolean {
    const { emitWarning } = this.realm.processObject as { emitWarning: (text: string) => void };
    emitWarning('The target port was posted to itself, and the communication channel was lost');
    this.close();
    return false;
  }

  isIn(realm: Realm): boolean {
    return this.realm === realm;
  }

  start(): void {
    this.#isReceiving = true;
    this.woken();
  }

  stop(): void {
    this.#isReceiving = false;
  }

  woken(): void {
    if (this.#isQueued || !this.#isReceiving || this.isClosing || this.end.queue.length === 0) return;
    this.#isQueued = true;
    this.realm.process.post(() => {
      this.#isQueued = false;
      if (!this.#isReceiving || this.isClosing) return;
      this.#deliver();
      // What had come before the program closed it is still heard.
      if (this.isClosing && this.end.owner === this) while (this.end.queue.length > 0) this.#deliver();
      this.woken();
    });
  }

  peerClosed(): void {
    this.realm.process.post(() => {
      if (this.isClosing) return;
      this.drain();
      this.close();
    });
  }

  /** Delivers all that is there. */
  drain(): void {
    while (this.end.queue.length > 0 && !this.isClosing) this.#deliver();
  }

  take(): unknown {
    const message = this.end.queue.shift();
    return message === undefined ? NO_MESSAGE : this.#opened(message).data;
  }

  /** It moves to another thread: this one is closed, and the channel stays open. */
  detach(): PortEnd {
    this.end.owner = null;
    this.letGo();
    this.close();
    return this.end;
  }

  #deliver(): void {
    const message = this.end.queue.shift();
    if (message === undefined) return;
    try {
      const { data, ports } = this.#opened(message);
      this.#dispatch('message', data, ports);
    } catch (error) {
      this.#dispatch('messageerror', error, []);
    }
  }

  #dispatch(type: string, data: unknown, ports: unknown[]): void {
    const members = this.port as Members & { [RECEIVED]?: unknown };
    this.realm.makeCallback(this.port, () => {
      members[RECEIVED] = ports;
      (members[DISPATCH] as Callable).call(this.port, data, type, undefined);
      members[RECEIVED] = undefined;
    });
  }

  #opened(message: Message): { data: unknown; ports: unknown[] } {
    const carried = message.ports.map((each) => arrived(this.realm, each));
    const ports = carried.filter((each) => handleOf(each) !== undefined);
    return { data: unpacked(this.realm, message, carried), ports };
  }
}

export type Port = object;
type Members = Record<symbol, Callable | undefined>;

const handles = new WeakMap<Port, PortHandle>();
const moved = new WeakSet<Port>();

export const handleOf = (port: unknown): PortHandle | undefined => handles.get(port as Port);

/** Native objects that objects of the library take with them. */
const isMovable = (value: object): value is TcpHandle | OpenFileHandle =>
  value instanceof TcpHandle || value instanceof OpenFileHandle;

const carrier: PortCarrier = {
  isPort: (value) => typeof value === 'object' && value !== null && (handles.has(value) || isMovable(value)),
  isDetached: (value) => moved.has(value as Port) || handles.get(value as Port)?.isClosing === true,
  detach: (port) => {
    if (isMovable(port)) return detachedFrom(port);
    const handle = handles.get(port);
    handles.delete(port);
    moved.add(port);
    return handle?.detach();
  },
};

export const cloned = (realm: Realm, value: unknown, transfer: readonly unknown[]): unknown => {
  const message = packed(realm, carrier, value, transfer);
  return unpacked(
    realm,
    message,
    message.ports.map((each) => arrived(realm, each)),
  );
};

/** The port or the handle of this thread's own for what came with a message. */
const arrived = (realm: Realm, what: unknown): unknown =>
  what instanceof PortEnd ? portOf(realm, what) : carriedInto(realm, what);

/** A port of this thread's own for the kernel's side of one. */
export function portOf(realm: Realm, end: PortEnd): Port {
  realm.requireBuiltin('internal/worker/io');
  const { MessagePort } = realm.internalBinding('messaging') as { MessagePort: { prototype: object } };
  const port = Object.create(MessagePort.prototype) as Port;
  const handle = new PortHandle(realm, end, port);
  handles.set(port, handle);
  (port as Members)[ON_INIT]?.call(port);
  if (end.queue.length > 0) handle.woken();
  return port;
}

/** The class of ports: its instances are made by portOf. */
function portClass(refuse: () => never): unknown {
  const MessagePort = function MessagePort(): never {
    return refuse();
  };
  const methods = {
    postMessage(this: Port, ...parameters: unknown[]): unknown {
      if (parameters.length === 0)
        throw coded('Not enough arguments to MessagePort.postMessage', 'ERR_MISSING_ARGS');
      const transfer = listOf(parameters[1]);
      return handleOf(this)?.post(parameters[0], transfer);
    },
    start(this: Port): void {
      handleOf(this)?.start();
    },
    close(this: Port): void {
      handleOf(this)?.close();
    },
  };
  const inherited = {
    ref(this: Port): void {
      handleOf(this)?.ref();
    },
    unref(this: Port): void {
      handleOf(this)?.unref();
    },
    hasRef(this: Port): boolean | undefined {
      const handle = handleOf(this);
      if (handle === undefined && !moved.has(this)) throw new TypeError('Illegal invocation');
      return handle?.hasRef();
    },
  };
  MessagePort.prototype = Object.defineProperties(
    Object.create(inherited),
    Object.getOwnPropertyDescriptors(methods),
  );
  Object.defineProperty(MessagePort.prototype, 'constructor', {
    value: MessagePort,
    writable: true,
    configurable: true,
  });
  return MessagePort;
}

/** A port that all other channels of the name in this process hear, and that hears them. */
function broadcastPort(realm: Realm, name: string): Port {
  const end = new PortEnd();
  end.isBroadcast = true;
  const { broadcasts } = groupOf(realm);
  const group = broadcasts.get(name) ?? new Set<PortEnd>();
  broadcasts.set(name, group);
  for (const other of group) {
    if (other.isClosed) continue;
    other.others.add(end);
    end.others.add(other);
  }
  group.add(end);
  return portOf(realm, end);
}

/** The classes that programs see, and what the library does with ports. */
export function portMembers(realm: Realm): Record<string, unknown> {
  const refuse = (): never => {
    throw coded('Constructor cannot be called', 'ERR_CONSTRUCT_CALL_INVALID');
  };
  const MessagePort = portClass(refuse);
  const MessageChannel = function MessageChannel(this: object): void {
    if (new.target === undefined)
      throw coded(
        "Class constructor MessageChannel cannot be invoked without 'new'",
        'ERR_CONSTRUCT_CALL_REQUIRED',
      );
    const [one, other] = channel();
    Object.assign(this, { port1: portOf(realm, one), port2: portOf(realm, other) });
  };
  for (const [value, made] of Object.entries({ MessagePort, MessageChannel }))
    Object.defineProperty(made, 'name', { value });
  return {
    MessagePort,
    MessageChannel,
    stopMessagePort: (port: Port) => handleOf(port)?.stop(),
    checkMessagePort: (port: unknown) => handleOf(port) !== undefined,
    drainMessagePort: (port: Port) => handleOf(port)?.drain(),
    receiveMessageOnPort: (port: unknown) => {
      const handle = handleOf(port);
      if (handle !== undefined) return handle.take();
      throw coded('The "port" argument must be a MessagePort instance', 'ERR_INVALID_ARG_TYPE');
    },
    moveMessagePortToContext: (port: unknown): never => {
      if (handleOf(port)?.isClosing !== false)
        throw Object.assign(new Error('Cannot send data on closed MessagePort'), {
          code: 'ERR_CLOSED_MESSAGE_PORT',
        });
      throw new Error('expected a port of this thread, found a context of vm: the data center has none');
    },
    broadcastChannel: (name: string) => broadcastPort(realm, name),
  };
}
