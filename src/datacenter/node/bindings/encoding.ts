// TextEncoder, TextDecoder, names of hosts in ASCII and Unicode, and character widths.
// Called by registry.ts.

import type { Binding, Realm } from '../realm.ts';
import { latin1Text, ucs2Text, utf8Bytes, utf8Text } from '../text.ts';
import { unicodeHost } from './punycode.ts';

export const encodingBinding = (): Binding => {
  const results = new Uint32Array(2);
  return {
    encodeIntoResults: results,
    encodeInto: (text: string, into: Uint8Array) => {
      const { read, written } = new TextEncoder().encodeInto(text, into);
      results[0] = read;
      results[1] = written;
    },
    encodeUtf8String: (text: string) => utf8Bytes(text),
    decodeUTF8: (bytes: ArrayBufferView<ArrayBuffer> | ArrayBuffer, ignoreBOM: boolean, fatal: boolean) => {
      try {
        return new TextDecoder('utf-8', { ignoreBOM, fatal }).decode(bytes);
      } catch {
        throw invalidData('utf-8');
      }
    },
    toASCII: (host: string) => hostOf(host) ?? '',
    toUnicode: (host: string) => unicodeHost(hostOf(host) ?? ''),
  };
};

const invalidData = (encoding: string): TypeError =>
  Object.assign(new TypeError(`The encoded data was not valid for encoding ${encoding}`), {
    code: 'ERR_ENCODING_INVALID_ENCODED_DATA',
  });

function hostOf(host: string): string | undefined {
  try {
    const { hostname } = new URL(`ws://${host}`);
    return hostname;
  } catch {
    return undefined;
  }
}

/** East Asian wide and full-width characters, and emoji that are shown as such: two columns. */
const WIDE =
  /[\u1100-\u115f\u231a\u231b\u2329\u232a\u2630-\u2637\u268a-\u268f\u2e80-\u303e\u3041-\u3247\u3250-\ua4cf\ua960-\ua97c\uac00-\ud7a3\uf900-\ufaff\ufe10-\ufe19\ufe30-\ufe6f\uff01-\uff60\uffe0-\uffe6\u{16fe0}-\u{18df2}\u{1aff0}-\u{1b2fb}\u{1d300}-\u{1d356}\u{1d360}-\u{1d376}\u{1f200}-\u{1f265}\u{20000}-\u{3fffd}]|\p{Emoji_Presentation}/u;
/** Control characters and marks, but for the soft hyphen and the wide marks of East Asia. */
const ZERO_WIDTH = /(?![\u00ad\u302a-\u302d\u3099\u309a\u{16fe4}])[\p{Cc}\p{Mn}\p{Me}\p{Cf}]/u;

/** `UErrorCode`: an encoding that transcode() does not know. */
const ILLEGAL_ARGUMENT = 1;

const texts: Readonly<Record<string, (bytes: Uint8Array) => string>> = {
  utf8: utf8Text,
  utf16le: ucs2Text,
  latin1: latin1Text,
  ascii: latin1Text,
};

function transcode(realm: Realm, source: Uint8Array, from: string, to: string): Uint8Array | number {
  const text = texts[from]?.(source);
  if (text === undefined || texts[to] === undefined) return ILLEGAL_ARGUMENT;
  const last = to === 'ascii' ? '\\x7f' : '\\xff';
  const kept =
    to === 'ascii' || to === 'latin1' ? text.replace(new RegExp(`[^\\0-${last}]`, 'gu'), '?') : text;
  const { Buffer } = realm.requireBuiltin('buffer') as {
    Buffer: { from(text: string, encoding: string): Uint8Array };
  };
  return Buffer.from(kept, to);
}

export const icu = (realm: Realm): Binding => ({
  getStringWidth: (text: string) => {
    let width = 0;
    for (const character of text) width += ZERO_WIDTH.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
    return width;
  },
  icuErrName: (code: number) => (code === ILLEGAL_ARGUMENT ? 'U_ILLEGAL_ARGUMENT_ERROR' : `U_ERROR_${code}`),
  transcode: (source: Uint8Array, from: string, to: string) => transcode(realm, source, from, to),
  hasConverter: (name: string) => decoderFor(name) !== undefined,
  getConverter: (name: string, flags: number) => decoderFor(name, (flags & 2) !== 0, (flags & 4) !== 0),
  decode: (decoder: TextDecoder, bytes: ArrayBufferView<ArrayBuffer>, flags: number, encoding: string) => {
    try {
      return decoder.decode(bytes, { stream: (flags & 1) === 0 });
    } catch {
      throw invalidData(encoding);
    }
  },
});

function decoderFor(name: string, fatal = false, ignoreBOM = false): TextDecoder | undefined {
  try {
    return new TextDecoder(name, { fatal, ignoreBOM });
  } catch {
    return undefined;
  }
}
