// Keys as Node's crypto hands them about: KeyObject's, and CryptoKey's of crypto.subtle. Only secret keys are here (for
// HMAC and derivation); public and private keys are refused by name. Called by crypto.ts and crypto-jobs.ts.
import { assert } from '../../base/assert.ts';
import type { Callable, Realm } from '../realm.ts';
import { base64Text } from '../text.ts';
import { bytesOfChunk } from './chunks.ts';

const SECRET = 0;

/** Bytes of anything that crypto takes as data: views, buffers, and secret keys. */
export function bytesOf(data: unknown): Uint8Array {
  if (data instanceof SecretKey) return data.bytes;
  if (data instanceof Uint8Array) return data;
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return new Uint8Array(data as ArrayBuffer);
}

/** Looks at every byte, wherever the first other one stands. */
export function areEqual(one: Uint8Array, other: Uint8Array): boolean {
  let difference = one.length ^ other.length;
  for (let i = 0; i < one.length; i++) difference |= (one[i] ?? 0) ^ (other[i] ?? 0);
  return difference === 0;
}

/** What the library calls a KeyObjectHandle. */
export class SecretKey {
  bytes: Uint8Array;

  constructor(bytes: Uint8Array = new Uint8Array(0)) {
    this.bytes = bytes;
  }

  init(type: number, data: unknown): void {
    if (type !== SECRET) {
      throw new Error(
        'expected a secret key, found a public or private one: the data center has hashes, HMAC and secret keys only',
      );
    }
    this.bytes = isJwk(data) ? bytesOfChunk(data.k, 'base64url') : new Uint8Array(bytesOf(data));
  }

  getSymmetricKeySize(): number {
    return this.bytes.length;
  }

  exportJwk(into: object): object {
    return Object.assign(into, { kty: 'oct', k: base64Text(this.bytes, true) });
  }

  equals(other: SecretKey): boolean {
    return areEqual(this.bytes, other.bytes);
  }
}

const isJwk = (data: unknown): data is { readonly k: string } => Object.hasOwn(data as object, 'k');

const handles = new WeakMap<object, SecretKey>();

/** Base of KeyObject: keeps the handle where no program can reach it. */
export class NativeKeyObject {
  constructor(handle: SecretKey) {
    handles.set(this, handle);
  }
}

/** Type and handle of a KeyObject; throws for anything else. */
export function keyObjectSlots(key: object): [type: number, handle: SecretKey] {
  const handle = handles.get(key);
  if (handle === undefined) throw new TypeError('Illegal invocation');
  return [SECRET, handle];
}

type CryptoKeyParts = [handle: SecretKey, algorithm: object, usages: number, isExtractable: boolean];
/** A key of crypto.subtle. */
type CryptoKeyClass = new (...parts: CryptoKeyParts) => object;

const cryptoKeys = new WeakMap<object, CryptoKeyParts>();

class NativeCryptoKey {
  constructor(...parts: CryptoKeyParts) {
    cryptoKeys.set(this, parts);
  }
}

/** What the library asks of a CryptoKey in one call; throws for anything else. */
export function cryptoKeySlots(key: object): unknown[] {
  const parts = cryptoKeys.get(key);
  if (parts === undefined) throw new TypeError('Illegal invocation');
  const [handle, algorithm, usages, isExtractable] = parts;
  return [SECRET, isExtractable, algorithm, usages, handle];
}

/** The classes of keys of one process. */
export class Keys {
  /** What the library makes handles of; what they export is a Buffer. */
  readonly Handle: typeof SecretKey;
  #CryptoKey: CryptoKeyClass | null = null;

  constructor(realm: Realm) {
    this.Handle = class KeyObjectHandle extends SecretKey {
      export(): Uint8Array {
        const { Buffer } = realm.requireBuiltin('buffer') as { Buffer: { from(bytes: object): Uint8Array } };
        return Buffer.from(new Uint8Array(this.bytes).buffer);
      }
    };
  }

  /** The library makes its class of keys for crypto.subtle; jobs that make such keys then find it here. */
  readonly create = (make: Callable): unknown => {
    const classes = make(NativeCryptoKey) as [unknown, CryptoKeyClass];
    this.#CryptoKey = classes[1];
    return classes;
  };

  cryptoKey(...parts: CryptoKeyParts): object {
    assert(this.#CryptoKey !== null, 'the library makes its class of keys before any key');
    return new this.#CryptoKey(...parts);
  }
}
