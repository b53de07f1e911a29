// The structured clone of messages between threads: the host's own, with what Node adds to it. Ports go over whole
// where they are in the list of what is transferred; objects of the library say by themselves how they are cloned.
// Symbols and functions are refused as everywhere. Called by messaging.ts and message-port.ts.
import { shownSource } from '../loader/shown-source.ts';
import type { Callable, Realm } from '../realm.ts';
import { AsyncWrap } from './async-wrap.ts';
import { isMarkedAsUntransferable, MODE_CLONEABLE, MODE_TRANSFERABLE, markedMode } from './message-marks.ts';
import { perThreadSymbol } from './plain.ts';

/** What a message may carry besides plain data: ports, and sockets of TCP. Implemented by message-port.ts. */
export interface PortCarrier {
  isPort(value: unknown): boolean;
  /** A port that is closed, or has moved to another thread. */
  isDetached(value: unknown): boolean;
  /** Takes the kernel's side out of a port, which is of no use from then on. */
  detach(port: object): unknown;
}

/** A message on its way: data that belongs to nobody, and the ports that go with it. */
export interface Message {
  readonly data: unknown;
  readonly ports: readonly unknown[];
  /** There are places in the data to be filled. */
  readonly hasPlaces: boolean;
}

/** Stands in the data for the port, or the object of the library, of that number. */
class Place {
  readonly port: number;
  readonly rebuild: { readonly info: string; readonly data: unknown } | null;
  constructor(port: number, rebuild: Place['rebuild']) {
    this.port = port;
    this.rebuild = rebuild;
  }
}

const CLONE = perThreadSymbol('messaging_clone_symbol');
const TRANSFER = perThreadSymbol('messaging_transfer_symbol');
const TRANSFER_LIST = perThreadSymbol('messaging_transfer_list_symbol');
const DESERIALIZE = perThreadSymbol('messaging_deserialize_symbol');

/** Throws Node's errors for what cannot be cloned or transferred. */
export function packed(
  realm: Realm,
  carrier: PortCarrier,
  value: unknown,
  transfer: readonly unknown[],
): Message {
  if (new Set(transfer).size !== transfer.length)
    throw cloneError(realm, 'Transfer list contains duplicate ArrayBuffer');
  if (transfer.some(isMarkedAsUntransferable))
    throw cloneError(realm, 'Cannot transfer object of unsupported type.');
  if (transfer.some((each) => carrier.isDetached(each)))
    throw cloneError(realm, 'MessagePort in transfer list is already detached');
  const all = [...new Set([...transfer, ...transfer.flatMap(nestedIn)])];
  const listed = all.filter((each) => carrier.isPort(each)) as object[];
  const own = all.filter((each) => modeOf(each) !== undefined && !carrier.isPort(each));
  const buffers = all.filter(
    (each) => !listed.includes(each as object) && !own.includes(each),
  ) as Transferable[];
  if (own.some((each) => modeOf(each) === 0)) throw cloneError(realm, 'Found invalid value in transferList.');
  try {
    if (listed.length + own.length === 0 && !hasOwnWays(value, carrier, new Set()))
      return { data: structuredClone(value, { transfer: buffers }), ports: [], hasPlaces: false };
    const copy = new Copy(realm, carrier, listed, all);
    const data = copy.of(value);
    // What is listed goes over even where the message has no place for it.
    for (const each of own) copy.of(each);
    if (buffers.length > 0) structuredClone(null, { transfer: buffers });
    return { data, ports: listed.map((port) => carrier.detach(port)), hasPlaces: true };
  } catch (error) {
    if (error instanceof Error && error.name === 'DataCloneError')
      throw cloneError(realm, shownSource(error.message));
    throw error;
  }
}

const NOT_LISTED = 'Object that needs transfer was found in message but not listed in transferList';

const modeOf = (value: unknown): number | undefined =>
  typeof value === 'object' && value !== null
    ? value instanceof AsyncWrap
      ? 0
      : markedMode(value)
    : undefined;

/** Ports and handles that go over with an object of the library. */
function nestedIn(value: unknown): readonly unknown[] {
  if (((modeOf(value) ?? 0) & MODE_TRANSFERABLE) === 0) return [];
  const nested = (value as Record<symbol, Callable | undefined>)[TRANSFER_LIST];
  return nested === undefined ? [] : (nested.call(value) as readonly unknown[]);
}

/** The data as the receiver sees it, with `ports` in their places. */
export function unpacked(realm: Realm, message: Message, ports: readonly unknown[]): unknown {
  if (!message.hasPlaces) return message.data;
  const seen = new Set<object>();
  const visit = (value: unknown): unknown => {
    if (value instanceof Place)
      return value.rebuild === null ? ports[value.port] : rebuilt(realm, value.rebuild, visit);
    if (typeof value !== 'object' || value === null || seen.has(value)) return value;
    seen.add(value);
    if (value instanceof Map) {
      const entries = [...value];
      value.clear();
      for (const [key, each] of entries) value.set(visit(key), visit(each));
    } else if (value instanceof Set) {
      const entries = [...value];
      value.clear();
      for (const each of entries) value.add(visit(each));
    } else if (isPlain(value)) {
      const own = value as Record<string, unknown>;
      for (const key of Object.keys(own)) own[key] = visit(own[key]);
    }
    return value;
  };
  return visit(message.data);
}

function rebuilt(
  realm: Realm,
  { info, data }: { info: string; data: unknown },
  visit: (value: unknown) => unknown,
): unknown {
  const [module = '', name = ''] = info.split(':');
  if (!realm.library.has(module)) throw new Error(`Missing internal module '${module}'`);
  const Made = realm.requireBuiltin(module)[name] as new () => Record<symbol, Callable>;
  const object = new Made();
  object[DESERIALIZE]?.(visit(data));
  return object;
}

/** Copies plain data by itself, so that ports keep their places; all else is the host's to clone. */
class Copy {
  readonly #realm: Realm;
  readonly #carrier: PortCarrier;
  readonly #listed: readonly object[];
  readonly #transfer: ReadonlySet<unknown>;
  readonly #known = new Map<object, unknown>();

  constructor(realm: Realm, carrier: PortCarrier, listed: readonly object[], transfer: readonly unknown[]) {
    this.#realm = realm;
    this.#carrier = carrier;
    this.#listed = listed;
    this.#transfer = new Set(transfer);
  }

  of(value: unknown): unknown {
    if (typeof value !== 'object' || value === null) return structuredClone(value);
    const known = this.#known.get(value);
    if (known !== undefined) return known;
    if (this.#carrier.isPort(value)) return this.#port(value);
    const own = this.#ownWay(value as Record<symbol, unknown>);
    if (own !== null) return this.#keep(value, own);
    if (value instanceof Map) {
      const map = this.#keep(value, new Map<unknown, unknown>());
      for (const [key, each] of value) map.set(this.of(key), this.of(each));
      return map;
    }
    if (value instanceof Set) {
      const set = this.#keep(value, new Set<unknown>());
      for (const each of value) set.add(this.of(each));
      return set;
    }
    if (isShared(value)) return value;
    if (ArrayBuffer.isView(value) && isShared(value.buffer)) return this.#keep(value, viewOf(value));
    if (!isPlain(value)) return this.#keep(value, structuredClone(value) as object);
    const copy = this.#keep(value, (Array.isArray(value) ? [] : {}) as Record<string, unknown>);
    for (const [key, each] of Object.entries(value)) copy[key] = this.of(each);
    return copy;
  }

  #port(port: object): Place {
    const place = this.#listed.indexOf(port);
    if (place >= 0) return this.#keep(port, new Place(place, null));
    throw cloneError(this.#realm, NOT_LISTED);
  }

  #ownWay(value: Record<symbol, unknown>): Place | null {
    const mode = modeOf(value);
    if (mode === undefined) return null;
    const isListed = this.#transfer.has(value) && (mode & MODE_TRANSFERABLE) !== 0;
    if (mode === 0) throw cloneError(this.#realm, 'Cannot clone object of unsupported type.');
    if (!isListed && (mode & MODE_CLONEABLE) === 0) throw cloneError(this.#realm, NOT_LISTED);
    const way = (isListed ? value[TRANSFER] : value[CLONE]) as Callable;
    const { data, deserializeInfo } = way.call(value) as { data: unknown; deserializeInfo: string };
    return new Place(-1, { info: deserializeInfo, data: this.of(data) });
  }

  #keep<T extends object>(value: object, copy: T): T {
    this.#known.set(value, copy);
    return copy;
  }
}

const isPlain = (value: object): boolean =>
  Array.isArray(value) || Object.prototype.toString.call(value) === '[object Object]';

/** Memory of all threads, which are one thread of the host: hosts need not let it be cloned. */
const isShared = (value: object): boolean =>
  Object.prototype.toString.call(value) === '[object SharedArrayBuffer]';

/** A further view of the same memory. */
function viewOf(view: ArrayBufferView): object {
  const Made = view.constructor as new (buffer: ArrayBufferLike, offset: number, length: number) => object;
  return new Made(view.buffer, view.byteOffset, 'length' in view ? Number(view.length) : view.byteLength);
}

/** Something in it is a port, or an object of the library that is cloned in its own way. */
function hasOwnWays(value: unknown, carrier: PortCarrier, seen: Set<object>): boolean {
  if (typeof value !== 'object' || value === null || seen.has(value)) return false;
  seen.add(value);
  if (carrier.isPort(value) || modeOf(value) !== undefined) return true;
  if (value instanceof Map)
    return [...value].some(
      ([key, each]) => hasOwnWays(key, carrier, seen) || hasOwnWays(each, carrier, seen),
    );
  if (value instanceof Set) return [...value].some((each) => hasOwnWays(each, carrier, seen));
  if (isShared(value) || (ArrayBuffer.isView(value) && isShared(value.buffer))) return true;
  if (ArrayBuffer.isView(value) || !isPlain(value)) return false;
  return Object.keys(value).some((key) => {
    const member = Object.getOwnPropertyDescriptor(value, key);
    return member !== undefined && 'value' in member && hasOwnWays(member.value, carrier, seen);
  });
}

export function cloneError(realm: Realm, message: string): Error {
  const { DOMException } = realm.internalBinding('messaging') as {
    DOMException: new (message: string, name: string) => Error;
  };
  return new DOMException(message, 'DataCloneError');
}
