// Hashes, HMAC, key derivation, secret keys and random numbers of node:crypto, and what it says when asked wrongly.
// Run by both runtimes; prints nothing that depends on chance.
import {
  createHash,
  createHmac,
  createSecretKey,
  getHashes,
  hash,
  hkdfSync,
  pbkdf2Sync,
  randomBytes,
  randomInt,
  randomUUID,
  scryptSync,
  timingSafeEqual,
} from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';

const names = [
  'md5',
  'sha1',
  'sha224',
  'sha256',
  'sha384',
  'sha512',
  'sha512-256',
  'sha3-256',
  'sha3-512',
  'ripemd160',
  'blake2b512',
  'blake2s256',
  'RSA-SHA256',
  'SHA-256',
];
for (const name of names)
  console.log(name, createHash(name).update('abc').update(Buffer.from('def')).digest('hex'));
console.log(createHash('sha256').update('é', 'latin1').digest('base64'), createHash('sha256').digest());
console.log(
  createHash('shake128', { outputLength: 20 }).update('x').digest('hex'),
  hash('sha1', 'abc'),
  hash('sha256', Buffer.from('abc'), 'base64url'),
);
const copied = createHash('sha256').update('a');
const copy = copied.copy();
console.log(copied.update('b').digest('hex'), copy.update('b').digest('hex'));
for (const name of ['md5', 'sha1', 'sha256', 'sha512'])
  console.log(createHmac(name, 'key').update('data').digest('base64'));
console.log(
  createHmac('sha256', createSecretKey(Buffer.from('key')))
    .update('data')
    .digest('hex'),
);
console.log(createSecretKey(Buffer.alloc(16)).symmetricKeySize, createSecretKey(Buffer.from('ab')).export());
console.log(pbkdf2Sync('password', 'salt', 1000, 24, 'sha256').toString('hex'));
console.log(Buffer.from(hkdfSync('sha256', 'key', 'salt', 'info', 24)).toString('hex'));
console.log(scryptSync('password', 'salt', 16, { N: 1024 }).toString('hex'));
console.log(
  timingSafeEqual(Buffer.from('a'), Buffer.from('a')),
  timingSafeEqual(Buffer.from('a'), Buffer.from('b')),
);
console.log(
  randomBytes(8).length,
  Number.isInteger(randomInt(10)),
  /^[0-9a-f]{8}-[0-9a-f]{4}-4/.test(randomUUID()),
  getHashes().includes('sha256'),
);
await new Promise((resolve) =>
  randomBytes(4, (error, bytes) => {
    console.log(error, bytes.length);
    resolve();
  }),
);
const piped = createHash('sha256');
await pipeline(Readable.from(['a', 'b', 'c']), piped);
console.log(piped.digest === undefined, piped.read()?.toString('hex'));
for (const attempt of [
  () => createHash('nothing'),
  () => createHmac('nothing', 'key'),
  () => timingSafeEqual(Buffer.from('a'), Buffer.from('ab')),
  () => createHash('sha256').update(12),
  () => {
    const done = createHash('sha1');
    done.digest();
    done.update('x');
  },
]) {
  try {
    attempt();
  } catch (error) {
    console.log(error.name, error.code, error.message.split('\n')[0]);
  }
}
