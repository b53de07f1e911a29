// Digests by the names that OpenSSL gives them, on @noble/hashes: synchronous and the same on every engine. What is
// needed to know a name is here; what computes comes with node/bundles.ts when it is asked for.
// Refuses none silently: a name that is not here is unknown to the program. Called by crypto.ts and its jobs.
import { type Bundles, bundle } from '../bundles.ts';
import type { CompiledLibrary } from '../library.ts';

type Algorithms = Bundles['internal/brownout/digests'];
/** What HMAC and key derivation of @noble/hashes take. */
type Hash = Algorithms['sha256'];

/** A digest under way. */
export interface Digest {
  update(bytes: Uint8Array): unknown;
  /** `length` in bytes, for digests of variable length. */
  digest(length?: number): Uint8Array;
  clone(): Digest;
}

export interface DigestKind {
  readonly name: string;
  /** Usual length in bytes. */
  readonly length: number;
  readonly isVariable: boolean;
  create(): Digest;
  /** For HMAC and key derivation; null where it cannot be used so. */
  hash(): Hash | null;
}

type Member = Exclude<
  keyof Algorithms,
  'argon2d' | 'argon2i' | 'argon2id' | 'hkdf' | 'hmac' | 'pbkdf2' | 'scrypt'
>;

/** By the lower-case name that programs use most: which algorithm, and its length in bytes. */
const KINDS: Readonly<Record<string, readonly [member: Member, length: number]>> = {
  md5: ['md5', 16],
  ripemd160: ['ripemd160', 20],
  sha1: ['sha1', 20],
  sha224: ['sha224', 28],
  sha256: ['sha256', 32],
  sha384: ['sha384', 48],
  sha512: ['sha512', 64],
  'sha512-224': ['sha512_224', 28],
  'sha512-256': ['sha512_256', 32],
  'sha3-224': ['sha3_224', 28],
  'sha3-256': ['sha3_256', 32],
  'sha3-384': ['sha3_384', 48],
  'sha3-512': ['sha3_512', 64],
  shake128: ['shake128', 16],
  shake256: ['shake256', 32],
  blake2b512: ['blake2b', 64],
  blake2s256: ['blake2s', 32],
};

const ALIASES: Readonly<Record<string, string>> = {
  dss1: 'sha1',
  'rsa-sha1-2': 'sha1',
  ripemd: 'ripemd160',
  'ripemd-160': 'ripemd160',
  rmd160: 'ripemd160',
  'sha-1': 'sha1',
  'shake-128': 'shake128',
  'shake-256': 'shake256',
  'blake2b-512': 'blake2b512',
  'blake2s-256': 'blake2s256',
};

/** As crypto.getHashes() lists them; without SM3 and MD5-SHA1, which are not here. */
const NAMES =
  'RSA-MD5 RSA-RIPEMD160 RSA-SHA1 RSA-SHA1-2 RSA-SHA224 RSA-SHA256 RSA-SHA3-224 RSA-SHA3-256 RSA-SHA3-384 RSA-SHA3-512 RSA-SHA384 RSA-SHA512 RSA-SHA512/224 RSA-SHA512/256 blake2b512 blake2s256 id-rsassa-pkcs1-v1_5-with-sha3-224 id-rsassa-pkcs1-v1_5-with-sha3-256 id-rsassa-pkcs1-v1_5-with-sha3-384 id-rsassa-pkcs1-v1_5-with-sha3-512 md5 md5WithRSAEncryption ripemd ripemd160 ripemd160WithRSA rmd160 sha1 sha1WithRSAEncryption sha224 sha224WithRSAEncryption sha256 sha256WithRSAEncryption sha3-224 sha3-256 sha3-384 sha3-512 sha384 sha384WithRSAEncryption sha512 sha512-224 sha512-224WithRSAEncryption sha512-256 sha512-256WithRSAEncryption sha512WithRSAEncryption shake128 shake256 ssl3-md5 ssl3-sha1';

export function digestNames(): string[] {
  return NAMES.split(' ');
}

/** The digest of a name in any of its spellings; undefined where there is none. */
export function digestKind(library: CompiledLibrary, name: string): DigestKind | undefined {
  const spelled = name.toLowerCase();
  const plain = ALIASES[spelled] ?? shortOf(spelled);
  const known = KINDS[plain];
  if (known === undefined || !Object.hasOwn(KINDS, plain)) return undefined;
  const [member, length] = known;
  const isVariable = member === 'shake128' || member === 'shake256';
  const algorithm = (): unknown => bundle(library, 'internal/brownout/digests')[member];
  return {
    name,
    length,
    isVariable,
    create: () => {
      if (isVariable) return new Variable((algorithm() as Makes<Expanding>).create({}), length);
      return (algorithm() as Makes<Digest>).create({ dkLen: length });
    },
    hash: () => (isVariable ? null : (algorithm() as Hash)),
  };
}

/** `rsa-sha256`, `sha256withrsaencryption`, `sha2-256`, `sha-256` and `ssl3-md5` are only names for the same. */
function shortOf(name: string): string {
  const bare = name
    .replace(/^(?:rsa-|ssl3-(?=md5$|sha1$)|id-rsassa-pkcs1-v1_5-with-(?=sha3-))/, '')
    .replace(/(?<!^sha3-.*)withrsa(?:encryption)?$/, '')
    .replace('512/', '512-');
  return ALIASES[bare] ?? bare.replace(/^sha2?-(?=\d{3})/, 'sha');
}

interface Makes<T> {
  create(options: { readonly dkLen?: number }): T;
}

interface Expanding {
  update(bytes: Uint8Array): unknown;
  xof(bytes: number): Uint8Array;
  clone(): Expanding;
}

/** SHAKE: as long as its reader wants. */
class Variable implements Digest {
  readonly #inner: Expanding;
  readonly #usual: number;

  constructor(inner: Expanding, usual: number) {
    this.#inner = inner;
    this.#usual = usual;
  }

  update(bytes: Uint8Array): unknown {
    return this.#inner.update(bytes);
  }

  digest(length = this.#usual): Uint8Array {
    return length === 0 ? new Uint8Array(0) : this.#inner.xof(length);
  }

  clone(): Digest {
    return new Variable(this.#inner.clone(), this.#usual);
  }
}
