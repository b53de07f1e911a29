// What sessions and streams of HTTP/2 share with Node's internal/http2 in one realm: arrays of numbers at agreed
// places, the library's callbacks, and the protocol itself. Refuses nothing. Called by http2*.ts.
import { type Bundles, bundle } from '../bundles.ts';
import type { HeaderField } from '../http2/hpack-table.ts';
import type { Entry } from '../http2/settings.ts';
import type { Callable, Realm } from '../realm.ts';
import type { AsyncWrap } from './async-wrap.ts';

export type Http2Library = Bundles['internal/brownout/http2'];

/** In the order of setCallbackFunctions. */
export const CALLBACK = {
  error: 0,
  priority: 1,
  settings: 2,
  ping: 3,
  headers: 4,
  frameError: 5,
  goaway: 6,
  altsvc: 7,
  origin: 8,
  trailers: 9,
  close: 10,
} as const;

/** Settings by their place in the array, which is not their number; in the order in which they are sent. */
const PLACES: readonly (readonly [place: number, id: number, byDefault: number])[] = [
  [0, 1, 4096],
  [1, 2, 1],
  [4, 3, 0xff_ff_ff_ff],
  [2, 4, 65_535],
  [3, 5, 16_384],
  [5, 6, 65_535],
  [6, 8, 0],
];
const FLAGS = 7;
const CUSTOM_COUNT = 8;
const CUSTOM_FIRST = 9;
const NEVER_INDEXED = 1;

/** What is counted and remembered between events. */
export interface SessionFields {
  invalidFrames: number;
  rejectedStreams: number;
  /** Node's own code for the end that is under way. */
  errorCode: string | null;
}

export class Http2Shared {
  readonly realm: Realm;
  readonly settingsBuffer = new Uint32Array(29);
  readonly optionsBuffer = new Uint32Array(14);
  readonly sessionState = new Float64Array(9);
  readonly streamState = new Float64Array(6);
  readonly sessionStats = new Float64Array(9);
  readonly streamStats = new Float64Array(6);
  callbacks: readonly Callable[] = [];
  /** The program was called. Set back by whoever asks. */
  hasCalled = false;

  constructor(realm: Realm) {
    this.realm = realm;
  }

  get library(): Http2Library {
    return bundle(this.realm.library, 'internal/brownout/http2');
  }

  call(receiver: AsyncWrap, callback: number, ...parameters: readonly unknown[]): unknown {
    this.hasCalled = true;
    return this.realm.makeCallback(receiver, this.callbacks[callback], ...parameters);
  }

  bufferOf(bytes: Uint8Array): Uint8Array {
    const { Buffer } = this.realm.requireBuiltin('buffer') as {
      Buffer: { from(bytes: Uint8Array): Uint8Array };
    };
    return Buffer.from(bytes);
  }

  /** What the program gave for one of a session's options. */
  option(place: number, byDefault: number): number {
    const flags = this.optionsBuffer[13] ?? 0;
    return (flags & (1 << place)) === 0 ? byDefault : (this.optionsBuffer[place] ?? byDefault);
  }

  /** The settings that the library has put into the array. */
  takeSettings(): Entry[] {
    const buffer = this.settingsBuffer;
    const flags = buffer[FLAGS] ?? 0;
    const entries: Entry[] = PLACES.filter(([place]) => (flags & (1 << place)) !== 0).map(([place, id]) => [
      id,
      buffer[place] ?? 0,
    ]);
    this.customIds().forEach((id, at) => {
      entries.push([id, buffer[CUSTOM_FIRST + 2 * at + 1] ?? 0]);
    });
    return entries;
  }

  customIds(): number[] {
    const count = this.settingsBuffer[CUSTOM_COUNT] ?? 0;
    return Array.from({ length: count }, (_none, at) => this.settingsBuffer[CUSTOM_FIRST + 2 * at] ?? 0);
  }

  putSettings(settings: ReadonlyMap<number, number>, customIds: readonly number[]): void {
    const buffer = this.settingsBuffer;
    for (const [place, id] of PLACES) buffer[place] = settings.get(id) ?? 0;
    const known = customIds.filter((id) => settings.has(id));
    buffer[CUSTOM_COUNT] = known.length;
    known.forEach((id, at) => {
      buffer[CUSTOM_FIRST + 2 * at] = id;
      buffer[CUSTOM_FIRST + 2 * at + 1] = settings.get(id) ?? 0;
    });
  }

  putDefaults(): void {
    for (const [place, , value] of PLACES) {
      this.settingsBuffer[place] = value;
      this.settingsBuffer[FLAGS] = (this.settingsBuffer[FLAGS] ?? 0) | (1 << place);
    }
  }
}

/** Fields as the library gives them: name, value and a flag, with zeros between, and their number. */
export function fieldsOf([text, count]: readonly [string, number]): HeaderField[] {
  const fields: HeaderField[] = [];
  let at = 0;
  const upToZero = (): string => {
    const end = text.indexOf('\0', at);
    const part = text.slice(at, end);
    at = end + 1;
    return part;
  };
  for (let left = count; left > 0; left--) {
    const name = upToZero();
    const value = upToZero();
    const isSensitive = (text.charCodeAt(at++) & NEVER_INDEXED) !== 0;
    fields.push(isSensitive ? { name, value, isSensitive } : { name, value });
  }
  return fields;
}
