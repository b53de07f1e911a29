// IPv4 addresses as unsigned 32-bit numbers, and as text where a person or a program reads them.
// Refuses everything but four decimal numbers from 0 to 255 (no 'localhost', no octal, no IPv6).

/** 0.0.0.0: any address of the machine. */
export const ANY_ADDRESS = 0;
/** 127.0.0.1. */
export const LOCALHOST = 0x7f000001;

/** `'10.0.0.2'` to 0x0a000002; null where the text is no dotted IPv4 address. */
export function parseAddress(text: string): number | null {
  const parts = text.split('.');
  if (parts.length !== 4) return null;
  let address = 0;
  for (const part of parts) {
    if (!/^(0|[1-9]\d{0,2})$/.test(part) || Number(part) > 255) return null;
    address = address * 256 + Number(part);
  }
  return address;
}

/** 0x0a000002 to `'10.0.0.2'`. */
export function formatAddress(address: number): string {
  return `${address >>> 24}.${(address >>> 16) & 255}.${(address >>> 8) & 255}.${address & 255}`;
}

/** True in 127.0.0.0/8, which never leaves the machine (RFC 1122, 3.2.1.3). */
export function isLoopback(address: number): boolean {
  return address >>> 24 === 127;
}
