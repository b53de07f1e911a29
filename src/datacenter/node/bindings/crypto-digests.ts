// Digests by the names that OpenSSL gives them, on @noble/hashes: synchronous and the same on every engine.
// Refuses none silently: a name that is not here is unknown to the program. Called by crypto.ts and its jobs.
import { blake2b, blake2s } from '@noble/hashes/blake2.js';
import { md5, ripemd160, sha1 } from '@noble/hashes/legacy.js';
import { sha224, sha256, sha384, sha512, sha512_224, sha512_256 } from '@noble/hashes/sha2.js';
import { sha3_224, sha3_256, sha3_384, sha3_512, shake128, shake256 } from '@noble/hashes/sha3.js';

/** A digest under way. */
export interface Digest {
  update(bytes: Uint8Array): unknown;
  digest(): Uint8Array;
  clone(): Digest;
}

export interface DigestKind {
  /** Makes one; `length` in bytes is for digests of variable length (SHAKE). */
  create(length?: number): Digest;
  /** Usual length in bytes. */
  readonly length: number;
  readonly isVariable: boolean;
  /** For HMAC and key derivation; null where it cannot be used so. */
  readonly hash: typeof sha256 | null;
}

type FixedHash = { create(): unknown; readonly outputLen: number };

function fixed(hash: FixedHash): DigestKind {
  return {
    create: () => hash.create() as Digest,
    length: hash.outputLen,
    isVariable: false,
    hash: hash as unknown as typeof sha256,
  };
}

function variable(hash: { create(options: { dkLen: number }): unknown }, usual: number): DigestKind {
  return {
    create: (length = usual) => hash.create({ dkLen: length }) as Digest,
    length: usual,
    isVariable: true,
    hash: null,
  };
}

/** By the lower-case name that programs use most. */
const KINDS: Readonly<Record<string, DigestKind>> = {
  md5: fixed(md5),
  ripemd160: fixed(ripemd160),
  sha1: fixed(sha1),
  sha224: fixed(sha224),
  sha256: fixed(sha256),
  sha384: fixed(sha384),
  sha512: fixed(sha512),
  'sha512-224': fixed(sha512_224),
  'sha512-256': fixed(sha512_256),
  'sha3-224': fixed(sha3_224),
  'sha3-256': fixed(sha3_256),
  'sha3-384': fixed(sha3_384),
  'sha3-512': fixed(sha3_512),
  shake128: variable(shake128, 16),
  shake256: variable(shake256, 32),
  blake2b512: {
    ...fixed(blake2b as unknown as FixedHash),
    create: () => blake2b.create({ dkLen: 64 }) as unknown as Digest,
    length: 64,
  },
  blake2s256: {
    ...fixed(blake2s as unknown as FixedHash),
    create: () => blake2s.create({ dkLen: 32 }) as unknown as Digest,
    length: 32,
  },
};

const ALIASES: Readonly<Record<string, string>> = {
  rmd160: 'ripemd160',
  ripemd: 'ripemd160',
  'sha-1': 'sha1',
  'sha-224': 'sha224',
  'sha-256': 'sha256',
  'sha-384': 'sha384',
  'sha-512': 'sha512',
  'sha-512/224': 'sha512-224',
  'sha-512/256': 'sha512-256',
  'sha2-256': 'sha256',
  'sha2-512': 'sha512',
  'blake2b-512': 'blake2b512',
  'blake2s-256': 'blake2s256',
};

/** Names as crypto.getHashes() lists them, with the forms `RSA-…` that OpenSSL has too. */
export function digestNames(): string[] {
  const signed = ['md5', 'ripemd160', 'sha1', 'sha224', 'sha256', 'sha384', 'sha512'];
  return [...signed.map((name) => `RSA-${name.toUpperCase()}`), ...Object.keys(KINDS)].sort();
}

/** The digest of a name in any of its spellings; undefined where there is none. */
export function digestKind(name: string): DigestKind | undefined {
  const plain = name.toLowerCase().replace(/^rsa-/, '');
  return KINDS[ALIASES[plain] ?? plain];
}
