// Work that Node's crypto does through jobs: random bytes, key derivation, one digest. A job runs at once or, with
// a callback, as a completion of the event loop. Randomness is the machine's own, from the run's seed.
// Called by crypto.ts.
import { bundle } from '../bundles.ts';
import type { Realm } from '../realm.ts';
import { newPromise } from '../realm-jobs.ts';
import { AsyncWrap } from './async-wrap.ts';
import { type DigestKind, digestKind } from './crypto-digests.ts';
import { areEqual, bytesOf, type Keys } from './crypto-keys.ts';

/** Virtual time that a job takes, on a thread of its own. */
const JOB_NS = 100_000;

type Outcome = readonly [error: Error | undefined, result: unknown];

/** What a job does; `check` is asked when the job is made, and throws where Node does. */
interface Work {
  check?(realm: Realm, parameters: readonly unknown[]): void;
  run(realm: Realm, parameters: readonly unknown[]): unknown;
}

/** A class of jobs: `new Job(mode, ...parameters).run()`. */
export function jobClass(realm: Realm, work: Work): typeof AsyncWrap {
  const { kCryptoJobSync, kCryptoJobWebCrypto } = realm.library.data('crypto');
  class Job extends AsyncWrap {
    ondone?: (error: Error | undefined, result: unknown) => void;
    readonly #mode: number;
    readonly #parameters: readonly unknown[];

    constructor(mode: number, ...parameters: unknown[]) {
      super(realm, 'RANDOMBYTESREQUEST');
      work.check?.(realm, parameters);
      this.#mode = mode;
      this.#parameters = parameters;
    }

    run(): Outcome | Promise<unknown> | undefined {
      const outcome = outcomeOf(() => work.run(realm, this.#parameters));
      if (this.#mode === kCryptoJobSync) return outcome;
      if (this.#mode === kCryptoJobWebCrypto) return promised(realm, outcome);
      later(realm, () => realm.makeCallback(this, this.ondone, ...outcome));
      return undefined;
    }
  }
  return Job as unknown as typeof AsyncWrap;
}

function later(realm: Realm, task: () => void): void {
  const { process } = realm;
  process.references++;
  process.after(JOB_NS, () => {
    process.references--;
    task();
  });
}

function promised(realm: Realm, [error, result]: Outcome): Promise<unknown> {
  return newPromise(realm, (resolve, reject) => {
    later(realm, () => (error === undefined ? resolve(result) : reject(error)));
  });
}

function outcomeOf(work: () => unknown): Outcome {
  try {
    return [undefined, work()];
  } catch (error) {
    return [error instanceof Error ? error : new Error(String(error)), undefined];
  }
}

function bufferOf(bytes: Uint8Array): ArrayBuffer {
  return bytes.slice().buffer as ArrayBuffer;
}

export function invalidDigest(name: unknown): Error {
  return Object.assign(new TypeError(`Invalid digest: ${String(name)}`), {
    code: 'ERR_CRYPTO_INVALID_DIGEST',
  });
}

function kindNamed(realm: Realm, name: unknown): DigestKind {
  const kind = digestKind(realm.library, String(name));
  if (kind === undefined) throw invalidDigest(name);
  return kind;
}

function hashNamed(realm: Realm, name: unknown): NonNullable<ReturnType<DigestKind['hash']>> {
  const hash = kindNamed(realm, name).hash();
  if (hash === null) throw new Error('error:1C8000B7:Provider routines::xof digests not allowed');
  return hash;
}

const algorithms = (realm: Realm) => bundle(realm.library, 'internal/brownout/digests');

/** OpenSSL derives no keys without bytes. */
function lengthOf(asked: unknown): number {
  if (Number(asked) === 0) throw new Error('Deriving bits failed');
  return Number(asked);
}

export const randomBytes: Work = {
  run: (realm, [target, offset, size]) => {
    realm.random.fillBytes(bytesOf(target).subarray(Number(offset), Number(offset) + Number(size)));
    return undefined;
  },
};

export const pbkdf2Bytes: Work = {
  check: (realm, [, , , , digest]) => void kindNamed(realm, digest),
  run: (realm, [password, salt, iterations, length, digest]) => {
    const options = { c: Number(iterations), dkLen: lengthOf(length) };
    const hash = hashNamed(realm, digest);
    return bufferOf(algorithms(realm).pbkdf2(hash, bytesOf(password), bytesOf(salt), options));
  },
};

export const hkdfBytes: Work = {
  check: (realm, [digest, , , , length]) => {
    // RFC 5869: at most 255 blocks.
    if (Number(length) > 255 * kindNamed(realm, digest).length)
      throw Object.assign(new RangeError('Invalid key length'), { code: 'ERR_CRYPTO_INVALID_KEYLEN' });
  },
  run: (realm, [digest, key, salt, info, length]) => {
    const hash = hashNamed(realm, digest);
    const { hkdf } = algorithms(realm);
    return bufferOf(hkdf(hash, bytesOf(key), bytesOf(salt), bytesOf(info), lengthOf(length)));
  },
};

/** What one derivation may take of the thread that all machines share. */
const DERIVATION_BYTES_MAX = 2 ** 28;

function checkBytes(what: string, bytes: number): void {
  if (bytes <= DERIVATION_BYTES_MAX) return;
  const found = Math.ceil(bytes / 2 ** 20);
  throw new Error(
    `expected ${what} with parameters that take at most ${DERIVATION_BYTES_MAX / 2 ** 20} MB, found ${found} MB: all machines share one thread's memory, ask for less`,
  );
}

export const argon2Bytes: Work = {
  check: (_realm, [, , , , memory]) => checkBytes('argon2', Number(memory) * 1024),
  run: (realm, [message, nonce, parallelism, length, memory, passes, secret, data, type]) => {
    if (parallelism === 0) throw new Error('error:1C8000EA:Provider routines::invalid thread pool size');
    if (memory === 0) throw new Error('error:1C8000EB:Provider routines::invalid memory size');
    if (passes === 0) throw new Error('error:1C80007B:Provider routines::invalid iteration count');
    const { kTypeArgon2d, kTypeArgon2i } = realm.library.data('crypto');
    const { argon2d, argon2i, argon2id } = algorithms(realm);
    const derive = type === kTypeArgon2d ? argon2d : type === kTypeArgon2i ? argon2i : argon2id;
    return bufferOf(
      derive(bytesOf(message), bytesOf(nonce), {
        t: Number(passes),
        m: Number(memory),
        p: Number(parallelism),
        dkLen: Number(length),
        maxmem: 2 * DERIVATION_BYTES_MAX,
        key: bytesOf(secret),
        personalization: bytesOf(data),
      }),
    );
  },
};

export const scryptBytes: Work = {
  check: (_realm, [, , N, r, p, maxmem]) => checkScrypt(Number(N), Number(r), Number(p), Number(maxmem)),
  run: (realm, [password, salt, N, r, p, , length]) => {
    if (Number(length) === 0) return new ArrayBuffer(0);
    const options = { N: Number(N), r: Number(r), p: Number(p), dkLen: Number(length) };
    const maxmem = 2 * DERIVATION_BYTES_MAX;
    return bufferOf(algorithms(realm).scrypt(bytesOf(password), bytesOf(salt), { ...options, maxmem }));
  },
};

function isPowerOfTwo(value: number): boolean {
  let left = value;
  while (left > 1) left /= 2;
  return left === 1;
}

/** As OpenSSL's scrypt refuses parameters (RFC 7914 and its own bounds). */
function checkScrypt(N: number, r: number, p: number, maxmem: number): void {
  const refused = (why: string): Error =>
    Object.assign(new RangeError(`Invalid scrypt params${why}`), {
      code: 'ERR_CRYPTO_INVALID_SCRYPT_PARAMS',
    });
  if (r === 0 || p === 0 || N < 2 || !isPowerOfTwo(N)) throw refused('');
  const bytes = p * 128 * r + 128 * r * (N + 2);
  if (p > (2 ** 30 - 1) / r || (16 * r < 64 && N >= 2 ** (16 * r)) || bytes > maxmem)
    throw refused(': error:030000AC:digital envelope routines::memory limit exceeded');
  checkBytes('scrypt', bytes);
}

export const digestBytes: Work = {
  run: (realm, [name, data, bits]) => {
    const kind = kindNamed(realm, name);
    const digest = kind.create();
    digest.update(bytesOf(data));
    return bufferOf(digest.digest(bits === undefined || !kind.isVariable ? undefined : Number(bits) / 8));
  },
};

/** A key of so many bits: a handle, or for crypto.subtle, which says what it is for, one of its keys. */
export const secretKeyOf = (keys: Keys): Work => ({
  run: (realm, [bits, algorithm, usages, isExtractable]) => {
    const bytes = new Uint8Array(Math.ceil(Number(bits) / 8));
    realm.random.fillBytes(bytes);
    const unused = bytes.length * 8 - Number(bits);
    if (unused > 0) bytes[bytes.length - 1] = ((bytes.at(-1) ?? 0) >> unused) << unused;
    const handle = new keys.Handle(bytes);
    if (algorithm === undefined) return handle;
    return keys.cryptoKey(handle, algorithm as object, Number(usages), isExtractable === true);
  },
});

/** Signs, or says whether a signature is right. */
export const hmacOf: Work = {
  run: (realm, [mode, name, key, data, signature]) => {
    const { hmac } = algorithms(realm);
    const made = hmac.create(hashNamed(realm, name), bytesOf(key)).update(bytesOf(data)).digest();
    if (mode === realm.library.data('crypto')['kSignJobModeSign']) return bufferOf(made);
    return areEqual(made, bytesOf(signature));
  },
};
