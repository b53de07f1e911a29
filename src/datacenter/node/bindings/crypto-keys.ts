// Keys as Node's crypto hands them about. Only secret keys are here (for HMAC and derivation); public and private
// keys are refused by name. Called by crypto.ts and crypto-jobs.ts.
import { base64Text } from '../text.ts';

const SECRET = 0;

/** Bytes of anything that crypto takes as data: views, buffers, and secret keys. */
export function bytesOf(data: unknown): Uint8Array {
  if (data instanceof SecretKey) return data.bytes;
  if (data instanceof Uint8Array) return data;
  if (ArrayBuffer.isView(data)) return new Uint8Array(data.buffer, data.byteOffset, data.byteLength);
  return new Uint8Array(data as ArrayBuffer);
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
    this.bytes = bytesOf(data).slice();
  }

  getSymmetricKeySize(): number {
    return this.bytes.length;
  }

  export(): Uint8Array {
    return this.bytes.slice();
  }

  exportJwk(into: object): object {
    return Object.assign(into, { kty: 'oct', k: base64Text(this.bytes, true) });
  }

  equals(other: SecretKey): boolean {
    return (
      this.bytes.length === other.bytes.length &&
      this.bytes.every((byte, index) => byte === other.bytes[index])
    );
  }
}

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
