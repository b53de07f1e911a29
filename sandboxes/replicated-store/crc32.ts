// CRC-32 as in Ethernet, gzip and PNG (ITU-T V.42): a checksum that finds every single flipped bit and every burst
// of up to 32 bits. Refuses nothing, proves nothing about intent: whoever can write the bytes can write the sum.
// Called by log.ts for each record.

const table = Uint32Array.from({ length: 256 }, (_, byte) => {
  let rest = byte;
  for (let bit = 0; bit < 8; bit++) rest = rest & 1 ? (rest >>> 1) ^ 0xedb88320 : rest >>> 1;
  return rest;
});

export function crc32(bytes: Uint8Array): number {
  let sum = 0xffffffff;
  for (const byte of bytes) sum = (sum >>> 8) ^ (table[(sum ^ byte) & 0xff] ?? 0);
  return (sum ^ 0xffffffff) >>> 0;
}
