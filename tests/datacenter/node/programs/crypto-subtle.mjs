// What crypto.subtle does without ciphers: digests, HMAC, derivation, secret keys in and out, and what it says to
// wrong ones. Run by differential.test.ts.
import { createHmac, createSecretKey, KeyObject, subtle, webcrypto } from 'node:crypto';

const hex = (bytes) => Buffer.from(bytes).toString('hex');
const bytes = (text) => new TextEncoder().encode(text);
const attempt = async (what, run) => {
  try {
    console.log(what, await run());
  } catch (error) {
    console.log(what, error.name, error.code, error.message, error.cause?.message);
  }
};

console.log(webcrypto === crypto, subtle === crypto.subtle, crypto, subtle);
console.log(crypto instanceof Crypto, subtle instanceof SubtleCrypto, Object.keys(crypto));
for (const name of ['SHA-1', 'SHA-256', 'sha-384', { name: 'SHA-512' }, 'SHA3-256', 'MD5'])
  await attempt(JSON.stringify(name), async () => hex(await subtle.digest(name, bytes('abc'))));

const hmac = { name: 'HMAC', hash: 'SHA-256' };
const key = await subtle.importKey('raw', bytes('key'), hmac, true, ['sign', 'verify']);
console.log(
  key,
  Object.prototype.toString.call(key),
  key instanceof CryptoKey,
  new Set([key.usages, key.usages]).size,
);
const signature = await subtle.sign('HMAC', key, bytes('data'));
console.log(hex(signature), createHmac('sha256', 'key').update('data').digest('hex'));
console.log(
  await subtle.verify('HMAC', key, signature, bytes('data')),
  await subtle.verify('HMAC', key, signature, bytes('date')),
  await subtle.verify('HMAC', key, signature.slice(1), bytes('data')),
);
console.log(await subtle.exportKey('jwk', key), hex(await subtle.exportKey('raw', key)));
const jwk = { kty: 'oct', k: '_-8', alg: 'HS512' };
const imported = await subtle.importKey('jwk', jwk, { ...hmac, hash: 'SHA-512' }, false, ['sign']);
console.log(imported, hex(await subtle.sign('HMAC', imported, new ArrayBuffer(3))));
console.log(KeyObject.from(key).export(), KeyObject.from(key).equals(createSecretKey('key', 'utf8')));
const given = Buffer.from('key');
const kept = createSecretKey(given);
given[0] = 0;
kept.export()[0] = 0;
console.log(kept.export());
console.log(createSecretKey('key', 'utf8').toCryptoKey(hmac, true, ['verify']));

for (const [length, hash] of [
  [undefined, 'SHA-1'],
  [undefined, 'SHA-512'],
  [64, 'SHA-256'],
  [13, 'SHA-256'],
]) {
  const made = await subtle.generateKey({ name: 'HMAC', hash, length }, true, ['sign']);
  const raw = new Uint8Array(await subtle.exportKey('raw', made));
  console.log(made, raw.length, length === 13 && (raw[1] & 7) === 0);
}

const password = await subtle.importKey('raw', bytes('password'), 'PBKDF2', false, [
  'deriveBits',
  'deriveKey',
]);
const pbkdf2 = { name: 'PBKDF2', salt: bytes('salt'), iterations: 100, hash: 'SHA-256' };
console.log(password, hex(await subtle.deriveBits(pbkdf2, password, 128)));
console.log(await subtle.deriveKey(pbkdf2, password, { ...hmac, length: 256 }, true, ['sign']));
const secret = await subtle.importKey('raw', bytes('secret'), 'HKDF', false, ['deriveBits']);
const hkdf = { name: 'HKDF', salt: bytes('salt'), info: bytes('info'), hash: 'SHA-384' };
console.log(hex(await subtle.deriveBits(hkdf, secret, 256)));

await attempt('no usage', () => subtle.importKey('raw', bytes('k'), hmac, true, []));
await attempt('wrong usage', () => subtle.importKey('raw', bytes('k'), hmac, true, ['encrypt']));
await attempt('empty', () => subtle.importKey('raw', bytes(''), hmac, true, ['sign']));
await attempt('not to be signed with', () =>
  subtle
    .importKey('raw', bytes('k'), hmac, true, ['verify'])
    .then((it) => subtle.sign('HMAC', it, bytes('x'))),
);
await attempt('not to be exported', () => subtle.exportKey('raw', imported));
await attempt('not of this key', () => subtle.deriveBits(hkdf, password, 8));
await attempt('bits', () => subtle.deriveBits(hkdf, secret, 9));
await attempt('too many bits', () => subtle.deriveBits(hkdf, secret, 8 * (255 * 48 + 1)));
await attempt('no algorithm', () => subtle.digest('SHA-2', bytes('')));
await attempt('no data', () => subtle.digest('SHA-1', 'text'));
await attempt('no key', () => subtle.sign('HMAC', {}, bytes('')));
await attempt('usages', () => subtle.importKey('raw', bytes('k'), hmac, true, ['nope']));
await attempt('type', () => subtle.importKey('jwk', { kty: 'RSA' }, hmac, true, ['sign']));
await attempt('another algorithm', () => subtle.importKey('jwk', jwk, hmac, true, ['sign']));
await attempt('not its own', () => Reflect.apply(subtle.digest, {}, ['SHA-1', bytes('')]));
await attempt('constructor', () => new CryptoKey());
await attempt('wrong array', () => crypto.getRandomValues(new Float32Array(1)));
await attempt('too many', () => crypto.getRandomValues(new Uint8Array(65537)));
console.log(crypto.getRandomValues(new Uint16Array(3)).length, /^[\da-f-]{36}$/.test(crypto.randomUUID()));
