// What node:crypto says to names, lengths and parameters at the edge of what a digest or a derivation can be, and the
// many spellings of a digest's name. Run by differential.test.ts.
import * as crypto from 'node:crypto';

const bytes = (value) => (typeof value === 'string' ? value : Buffer.from(value).toString('hex'));
function attempt(what, run) {
  try {
    console.log(what, bytes(run()));
  } catch (error) {
    console.log(what, error.name, error.code, error.message, Object.entries(error));
  }
}

for (const options of [
  { N: 3 },
  { N: 1 },
  { N: 2 ** 16, r: 1 },
  { N: 2, p: 2 ** 30, r: 1 },
  { N: 2 ** 20, r: 8 },
  { N: 2 ** 10, r: 8, maxmem: 2 ** 20 },
  { N: 2, r: 2 ** 31, p: 1 },
  { N: 16, r: 8, p: 2 ** 27 },
  { N: 2, r: 8, p: 1, maxmem: 5119 },
  { N: 2, r: 8, p: 1, maxmem: 5120 },
]) {
  attempt(`scrypt ${JSON.stringify(options)}`, () => crypto.scryptSync('p', 's', 1, options));
  attempt('scrypt, not waited for', () => String(crypto.scrypt('p', 's', 1, options, () => undefined)));
}
attempt('no bytes', () => crypto.scryptSync('p', 's', 0));
attempt('no bytes', () => crypto.pbkdf2Sync('p', 's', 1, 0, 'sha1'));
attempt('no bytes', () => crypto.hkdfSync('sha1', 'p', 's', '', 0));
attempt('too many', () => crypto.hkdfSync('sha1', 'p', 's', '', 255 * 20 + 1));
attempt('shake', () => crypto.hkdfSync('shake128', 'p', 's', '', 1));
attempt('shake', () => crypto.pbkdf2Sync('p', 's', 1, 8, 'shake128'));
attempt('shake', () => crypto.createHmac('shake128', 'k').digest());
attempt('not waited for', () => crypto.pbkdf2('p', 's', 1, 8, 'nope', () => undefined));
for (const outputLength of [0, 5, 28, 32]) {
  attempt('sha224', () => crypto.createHash('sha224', { outputLength }).digest('hex'));
  attempt('copied', () => crypto.createHash('sha224').copy({ outputLength }).digest('hex'));
  attempt('at once', () => crypto.hash('sha224', '', { outputLength }));
  attempt('shake', () => crypto.createHash('shake128', { outputLength }).update('a').digest('hex'));
  attempt('copied', () => crypto.createHash('shake128').update('a').copy({ outputLength }).digest('hex'));
  attempt('copied', () => crypto.createHash('shake256', { outputLength }).copy().digest('hex'));
  attempt('at once', () => crypto.hash('shake128', 'a', { outputLength }));
}
const spellings =
  'dss1 RSA-MD5 rsa-sha1-2 RSA-SHA512/224 sha1WithRSAEncryption id-rsassa-pkcs1-v1_5-with-sha3-224 ssl3-md5 SSL3-SHA1 rmd160 RIPEMD sha-256 SHA2-256 SHA-512/256 blake2b-512 SHAKE-128 ripemd-160 nope sha3_256 keccak-256 SHA null constructor';
for (const name of spellings.split(' ')) {
  attempt(name, () => crypto.createHash(name).update('x').digest('base64'));
  attempt(name, () => crypto.createHmac(name, 'k').update('x').digest('base64'));
  attempt(name, () => crypto.pbkdf2Sync('a', 'b', 1, 4, name));
  attempt(name, () => crypto.hash(name, 'x'));
}
const absent = /sm3|md5-sha1/i;
console.log(crypto.getHashes().filter((name) => !absent.test(name)));
attempt('text', () => crypto.timingSafeEqual('a', Buffer.alloc(1)));
attempt('lengths', () => crypto.timingSafeEqual(Buffer.alloc(2), Buffer.alloc(1)));
crypto.pbkdf2('p', 's', 1, 8, 'shake128', (error) => console.log(error.message));
const argon = { message: 'secret', nonce: 'saltsalt', parallelism: 2, tagLength: 16, memory: 64, passes: 2 };
for (const name of ['argon2d', 'argon2i', 'argon2id']) {
  attempt(name, () => crypto.argon2Sync(name, argon));
  attempt(name, () => crypto.argon2Sync(name, { ...argon, secret: 'pepper', associatedData: 'x' }));
  attempt(name, () => crypto.argon2Sync(name, { ...argon, memory: 8 }));
}
