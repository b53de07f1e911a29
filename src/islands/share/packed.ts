// A value as the fragment of an address, which no server sees: JSON, deflated, in letters that an address may hold.
// Unpacks piece by piece up to a limit; never throws for a bad link: says expected, found, fix. What is inside is for
// the caller to check. Used by share/link.ts for runs and by assign/link.ts for assignments.
import type { Complaint } from '../../datacenter/contract.ts';

/** One kind of link: `#mark=1.…`. */
export interface LinkKind {
  /** `#run=`. */
  readonly mark: string;
  readonly version: number;
  /** With its article: `a run`. */
  readonly what: string;
  /** To do where it does not fit: `take the folder away instead.` */
  readonly insteadOfMaking: string;
  /** `Ask for the files instead of a link.` */
  readonly insteadOfReading: string;
  readonly unpackedBytesMax: number;
}

export type Unpacked =
  | { readonly ok: true; readonly value: unknown; readonly json: string }
  | { readonly ok: false; readonly complaint: Complaint };

/** What browsers and messengers carry without cutting it. */
const LINK_CHARACTERS_MAX = 100_000;

/** `#run=1.…`; rejects with a RangeError when the value is too large for a link. */
export async function fragmentOf(kind: LinkKind, value: unknown): Promise<string> {
  const bytes = new TextEncoder().encode(JSON.stringify(value));
  const stream = new Blob([bytes]).stream().pipeThrough(new CompressionStream('deflate-raw'));
  const text = `${kind.mark}${kind.version}.${base64url(new Uint8Array(await new Response(stream).arrayBuffer()))}`;
  if (text.length > LINK_CHARACTERS_MAX)
    throw new RangeError(
      `expected ${kind.what} that fits ${LINK_CHARACTERS_MAX.toLocaleString('en')} characters of a link, found ${text.length.toLocaleString('en')}: ${kind.insteadOfMaking}`,
    );
  return text;
}

/** Reads a fragment that begins with the kind's mark. */
export async function readFragment(kind: LinkKind, fragment: string): Promise<Unpacked> {
  if (fragment.length > LINK_CHARACTERS_MAX)
    return wrong(
      `a link of at most ${LINK_CHARACTERS_MAX.toLocaleString('en')} characters`,
      fragment.length.toLocaleString('en'),
      kind.insteadOfReading,
    );
  const rest = fragment.startsWith(kind.mark) ? fragment.slice(kind.mark.length) : '';
  const [, version = '', packed = ''] = /^(\d{1,6})\.(.*)$/s.exec(rest) ?? [];
  if (version === '')
    return wrong(
      `a link that begins with ${kind.mark} and its version`,
      shown(fragment),
      'Copy the whole link again.',
    );
  if (Number(version) !== kind.version)
    return wrong(
      `a link of version ${kind.version}`,
      `version ${version}`,
      'It was made by another edition of this site. Reload this page, or ask for a new link.',
    );
  try {
    const bytes = await unpacked(packed, kind.unpackedBytesMax);
    const json = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return { ok: true, value: JSON.parse(json), json };
  } catch (error) {
    return wrong(
      'a whole link',
      error instanceof TooLarge ? error.message : 'one that is cut short or changed on its way',
      'Copy the whole link again.',
    );
  }
}

function wrong(expected: string, found: string, fix: string): Unpacked {
  return { ok: false, complaint: { expected, found, fix } };
}

/** As much of a stranger's text as a message can hold. */
export const shown = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

/** The same of a value that JSON.parse gave. */
export function shownValue(value: unknown): string {
  try {
    return shown(JSON.stringify(value) ?? 'nothing');
  } catch {
    return 'something nested too deep';
  }
}

class TooLarge extends Error {}

/** Piece by piece, so that a small link cannot become more than the memory holds. */
async function unpacked(text: string, bytesMax: number): Promise<Uint8Array<ArrayBuffer>> {
  const letters = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const packed = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let total = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    total += value.length;
    if (total > bytesMax) {
      void reader.cancel();
      throw new TooLarge(`more than ${bytesMax / 1e6} MB inside`);
    }
    parts.push(value);
  }
  return new Uint8Array(await new Blob(parts).arrayBuffer());
}

function base64url(bytes: Uint8Array): string {
  let letters = '';
  for (const byte of bytes) letters += String.fromCharCode(byte);
  return btoa(letters).replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}
