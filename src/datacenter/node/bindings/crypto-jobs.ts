// Work that Node's crypto does through jobs: random bytes, key derivation, one digest. A job runs at once or, with
// a callback, as a completion of the event loop. Randomness is the machine's own, from the run's seed.
// Called by crypto.ts.
import { hkdf } from '@noble/hashes/hkdf.js';
import { pbkdf2 } from '@noble/hashes/pbkdf2.js';
import { scrypt } from '@noble/hashes/scrypt.js';
import type { Realm } from '../realm.ts';
import { AsyncWrap } from './async-wrap.ts';
import { digestKind } from './crypto-digests.ts';
import { bytesOf, SecretKey } from './crypto-keys.ts';

/** Virtual time that a job takes, on a thread of its own. */
const JOB_NS = 100_000;

type Outcome = readonly [error: Error | undefined, result: unknown];
type Work = (realm: Realm, parameters: readonly unknown[]) => unknown;

/** A class of jobs: `new Job(mode, ...parameters).run()`. */
export function jobClass(realm: Realm, syncMode: number, work: Work): typeof AsyncWrap {
  class Job extends AsyncWrap {
    ondone?: (error: Error | undefined, result: unknown) => void;
    readonly #mode: number;
    readonly #parameters: readonly unknown[];

    constructor(mode: number, ...parameters: unknown[]) {
      super(realm, 'RANDOMBYTESREQUEST');
      this.#mode = mode;
      this.#parameters = parameters;
    }

    run(): Outcome | undefined {
      const outcome = outcomeOf(() => work(realm, this.#parameters));
      if (this.#mode === syncMode) return outcome;
      const { process } = realm;
      process.references++;
      process.after(JOB_NS, () => {
        process.references--;
        realm.makeCallback(this, this.ondone, ...outcome);
      });
      return undefined;
    }
  }
  return Job as unknown as typeof AsyncWrap;
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

function hashNamed(name: unknown): NonNullable<ReturnType<typeof digestKind>>['hash'] & object {
  const hash = digestKind(String(name))?.hash;
  if (hash == null)
    throw Object.assign(new TypeError(`Invalid digest: ${String(name)}`), {
      code: 'ERR_CRYPTO_INVALID_DIGEST',
    });
  return hash;
}

export const randomBytes: Work = (realm, [target, offset, size]) => {
  realm.random.fillBytes(bytesOf(target).subarray(Number(offset), Number(offset) + Number(size)));
  return undefined;
};

export const pbkdf2Bytes: Work = (_realm, [password, salt, iterations, length, digest]) =>
  bufferOf(
    pbkdf2(hashNamed(digest), bytesOf(password), bytesOf(salt), {
      c: Number(iterations),
      dkLen: Number(length),
    }),
  );

export const hkdfBytes: Work = (_realm, [digest, key, salt, info, length]) =>
  bufferOf(hkdf(hashNamed(digest), bytesOf(key), bytesOf(salt), bytesOf(info), Number(length)));

export const scryptBytes: Work = (_realm, [password, salt, N, r, p, maxmem, length]) =>
  bufferOf(
    scrypt(bytesOf(password), bytesOf(salt), {
      N: Number(N),
      r: Number(r),
      p: Number(p),
      maxmem: Number(maxmem) + 1024,
      dkLen: Number(length),
    }),
  );

export const digestBytes: Work = (_realm, [name, data, bits]) => {
  const kind = digestKind(String(name));
  if (kind === undefined) throw new Error(`Invalid digest: ${String(name)}`);
  const digest = kind.create(bits === undefined ? undefined : Number(bits) / 8);
  digest.update(bytesOf(data));
  return bufferOf(digest.digest());
};

export const secretKey: Work = (realm, [bits]) => {
  const bytes = new Uint8Array(Math.floor(Number(bits) / 8));
  realm.random.fillBytes(bytes);
  return new SecretKey(bytes);
};
