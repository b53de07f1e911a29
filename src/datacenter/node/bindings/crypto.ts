// The native side of node:crypto as far as servers without TLS need it: hashes, HMAC, random numbers, key
// derivation, secret keys, constant-time comparison. Ciphers, signatures, certificates and key pairs are refused by
// name (realm.ts fills what is missing). Called by registry.ts.
import { bundle } from '../bundles.ts';
import type { Binding, Callable, Realm } from '../realm.ts';
import { base64Text, hexText, latin1Text, utf8Text } from '../text.ts';
import { bytesOfChunk } from './chunks.ts';
import { type Digest, type DigestKind, digestKind, digestNames } from './crypto-digests.ts';
import * as jobs from './crypto-jobs.ts';
import { areEqual, bytesOf, cryptoKeySlots, Keys, keyObjectSlots, NativeKeyObject } from './crypto-keys.ts';

type Data = string | ArrayBufferView;

const chunkOf = (data: Data, encoding: unknown): Uint8Array =>
  typeof data === 'string'
    ? bytesOfChunk(data, typeof encoding === 'string' ? encoding : 'utf8')
    : bytesOf(data);

/** A digest as the program asked for it: text, or a Buffer. */
function encoded(realm: Realm, bytes: Uint8Array, encoding: unknown): unknown {
  if (encoding === 'hex') return hexText(bytes);
  if (encoding === 'base64') return base64Text(bytes);
  if (encoding === 'base64url') return base64Text(bytes, true);
  if (encoding === 'latin1' || encoding === 'binary') return latin1Text(bytes);
  if (encoding === 'utf8' || encoding === 'utf-8') return utf8Text(bytes);
  const { Buffer } = realm.requireBuiltin('buffer') as {
    Buffer: { from(bytes: Uint8Array): { toString(encoding: unknown): string } };
  };
  const buffer = Buffer.from(bytes);
  return encoding === undefined || encoding === 'buffer' ? buffer : buffer.toString(encoding);
}

function notVariable(): Error {
  const reason = 'not XOF or invalid length';
  const library = 'digital envelope routines';
  const error = new Error(`error:030000B2:${library}::${reason}`);
  return Object.assign(error, { library, reason, code: 'ERR_OSSL_EVP_NOT_XOF_OR_INVALID_LENGTH' });
}

function hashClass(realm: Realm): unknown {
  return class Hash {
    readonly #kind: DigestKind;
    readonly #digest: Digest;
    readonly #length: number | undefined;
    #result: Uint8Array | null = null;

    constructor(algorithm: string | Hash, length?: number) {
      const kind = algorithm instanceof Hash ? algorithm.#kind : digestKind(realm.library, algorithm);
      if (kind === undefined) throw new Error('Digest method not supported');
      if (length !== undefined && !kind.isVariable && length !== kind.length) throw notVariable();
      this.#kind = kind;
      this.#length = length;
      this.#digest = algorithm instanceof Hash ? algorithm.#digest.clone() : kind.create();
    }

    update(data: Data, encoding?: unknown): boolean {
      this.#digest.update(chunkOf(data, encoding));
      return true;
    }

    digest(encoding?: unknown): unknown {
      this.#result ??= this.#digest.digest(this.#kind.isVariable ? this.#length : undefined);
      return encoded(realm, this.#result, encoding);
    }
  };
}

function hmacClass(realm: Realm): unknown {
  return class Hmac {
    #digest: Digest | null = null;

    init(algorithm: string, key: unknown): void {
      const kind = digestKind(realm.library, algorithm);
      if (kind === undefined) throw jobs.invalidDigest(algorithm);
      const hash = kind.hash();
      // OpenSSL leaves no reason.
      if (hash === null) throw new Error('error:00000000:lib(0)::reason(0)');
      const { hmac } = bundle(realm.library, 'internal/brownout/digests');
      this.#digest = hmac.create(hash, bytesOf(key)) as unknown as Digest;
    }

    update(data: Data, encoding?: unknown): boolean {
      this.#digest?.update(chunkOf(data, encoding));
      return true;
    }

    digest(encoding?: unknown): unknown {
      return encoded(realm, this.#digest?.digest() ?? new Uint8Array(0), encoding);
    }
  };
}

function notBytes(name: string): Error {
  const message = `The "${name}" argument must be an instance of ArrayBuffer, Buffer, TypedArray, or DataView.`;
  return Object.assign(new TypeError(message), { code: 'ERR_INVALID_ARG_TYPE' });
}

function timingSafeEqual(a: unknown, b: unknown): boolean {
  for (const [at, data] of [a, b].entries())
    if (!ArrayBuffer.isView(data) && !(data instanceof ArrayBuffer)) throw notBytes(`buf${at + 1}`);
  const [left, right] = [bytesOf(a), bytesOf(b)];
  if (left.length !== right.length) {
    throw Object.assign(new RangeError('Input buffers must have the same byte length'), {
      code: 'ERR_CRYPTO_TIMING_SAFE_EQUAL_LENGTH',
    });
  }
  return areEqual(left, right);
}

function oneShotDigest(
  realm: Realm,
  name: string,
  input: Data,
  encoding: unknown,
  length: number | undefined,
): unknown {
  const kind = digestKind(realm.library, name);
  if (kind === undefined) throw new Error(`Digest method ${name} is not supported`);
  if (length !== undefined && !kind.isVariable && length !== kind.length)
    throw new Error(`Output length ${length} is invalid for ${name}, which does not support XOF`);
  const digest = kind.create();
  digest.update(chunkOf(input, 'utf8'));
  return encoded(realm, digest.digest(kind.isVariable ? length : undefined), encoding);
}

export const crypto = (realm: Realm): Binding => {
  const constants = realm.library.data('crypto');
  const keys = new Keys(realm);
  const job = (work: Parameters<typeof jobs.jobClass>[1]): unknown => jobs.jobClass(realm, work);
  return {
    ...constants,
    Hash: hashClass(realm),
    Hmac: hmacClass(realm),
    HashJob: job(jobs.digestBytes),
    RandomBytesJob: job(jobs.randomBytes),
    PBKDF2Job: job(jobs.pbkdf2Bytes),
    HKDFJob: job(jobs.hkdfBytes),
    ScryptJob: job(jobs.scryptBytes),
    Argon2Job: job(jobs.argon2Bytes),
    SecretKeyGenJob: job(jobs.secretKeyOf(keys)),
    HmacJob: job(jobs.hmacOf),
    KeyObjectHandle: keys.Handle,
    createNativeKeyObjectClass: (make: Callable) => make(NativeKeyObject),
    getKeyObjectSlots: keyObjectSlots,
    createCryptoKeyClass: keys.create,
    getCryptoKeySlots: cryptoKeySlots,
    getHashes: digestNames,
    getCiphers: () => [],
    getSSLCiphers: () => [],
    getCurves: () => [],
    getCachedAliases: () => ({}),
    getFipsCrypto: () => 0,
    setFipsCrypto: () => undefined,
    testFipsCrypto: () => false,
    // Certificates: none are known here, so there is nothing to load; using TLS is refused where it begins.
    startLoadingCertificatesOffThread: () => undefined,
    getBundledRootCertificates: () => [],
    getSystemCACertificates: () => [],
    getExtraCACertificates: () => [],
    getUserRootCertificates: () => [],
    secureHeapUsed: () => undefined,
    secureBuffer: (size: number) => new Uint8Array(size),
    timingSafeEqual,
    oneShotDigest: (
      name: string,
      _id: number,
      _cache: unknown,
      input: Data,
      encoding: unknown,
      _n: unknown,
      length?: number,
    ) => oneShotDigest(realm, name, input, encoding, length),
  };
};
