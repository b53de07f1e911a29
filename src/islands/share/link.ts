// A run as a link: seed, edits, actions and moment, packed into the fragment of an address, which no server sees.
// What a link holds is a stranger's word: bounded, checked field by field, and run by nobody but the reader.
// Never throws for a bad link; says expected, found, fix. Called by lab/share.tsx and lab/shared.ts.
import type { Action, Complaint } from '../../datacenter/contract.ts';
import { readAction } from '../../runtime/messages.ts';

export interface SharedRun {
  readonly sandbox: string;
  readonly seed: number;
  /** Only files that differ from the sandbox's own, by path below sandboxes/. */
  readonly files: Readonly<Record<string, string>>;
  readonly actions: readonly Action[];
  /** The moment to show. */
  readonly atNs: number;
}

export type LinkReading =
  | { readonly ok: true; readonly run: SharedRun }
  | { readonly ok: false; readonly complaint: Complaint };

export const FRAGMENT = '#run=';
const VERSION = 1;
/** Of the packed text: what browsers and messengers carry without cutting it. */
const LINK_CHARACTERS_MAX = 100_000;
const UNPACKED_BYTES_MAX = 2_000_000;
const ACTIONS_MAX = 5000;
const FILES_MAX = 100;
/** 24 hours of virtual time. */
const AT_NS_MAX = 86_400e9;

/** `#run=1.…`; rejects with a RangeError when the run is too large for a link. */
export async function linkOf(run: SharedRun): Promise<string> {
  const packed = await squeezed(
    new TextEncoder().encode(JSON.stringify(run)),
    new CompressionStream('deflate-raw'),
  );
  const text = `${FRAGMENT}${VERSION}.${base64url(packed)}`;
  if (text.length > LINK_CHARACTERS_MAX)
    throw new RangeError(
      `expected a run that fits ${LINK_CHARACTERS_MAX.toLocaleString('en')} characters of a link, found ${text.length.toLocaleString('en')}: take the folder away instead.`,
    );
  return text;
}

/** Reads a fragment that begins with `#run=`. */
export async function readLink(fragment: string): Promise<LinkReading> {
  if (fragment.length > LINK_CHARACTERS_MAX)
    return wrong(
      `a link of at most ${LINK_CHARACTERS_MAX.toLocaleString('en')} characters`,
      `${fragment.length.toLocaleString('en')}`,
      'Ask for the files instead of a link.',
    );
  const [, version = '', packed = ''] = /^#run=(\d{1,6})\.(.*)$/s.exec(fragment) ?? [];
  if (version === '')
    return wrong(
      'a link that begins with #run= and its version',
      shown(fragment),
      'Copy the whole link again.',
    );
  if (Number(version) !== VERSION)
    return wrong(
      `a link of version ${VERSION}`,
      `version ${version}`,
      'It was made by another edition of this site. Reload this page, or ask for a new link.',
    );
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(await unpacked(packed)));
  } catch (error) {
    return wrong(
      'a whole link',
      error instanceof RangeError ? error.message : 'one that is cut short or changed on its way',
      'Copy the whole link again.',
    );
  }
  return readRun(value);
}

function readRun(value: unknown): LinkReading {
  if (!isRecord(value)) return wrong('a run', typeof value, 'Ask for a new link.');
  const { sandbox, seed, files, actions, atNs } = value;
  const bad = (expected: string, found: unknown): LinkReading =>
    wrong(expected, shown(JSON.stringify(found) ?? 'nothing'), 'Ask for a new link.');
  if (typeof sandbox !== 'string' || !/^[a-z][a-z0-9-]{0,40}$/.test(sandbox))
    return bad('the name of a sandbox', sandbox);
  if (!Number.isInteger(seed) || Number(seed) < 0 || Number(seed) >= 2 ** 32)
    return bad('a seed from 0 to 4294967295', seed);
  if (!Number.isInteger(atNs) || Number(atNs) < 0 || Number(atNs) > AT_NS_MAX)
    return bad('a moment within 24 hours, in nanoseconds', atNs);
  if (!isRecord(files) || Object.keys(files).length > FILES_MAX)
    return bad(`at most ${FILES_MAX} files`, files);
  const texts: Record<string, string> = {};
  for (const [path, text] of Object.entries(files)) {
    if (typeof text !== 'string') return bad(`text in ${shown(path)}`, text);
    texts[path] = text;
  }
  if (!Array.isArray(actions) || actions.length > ACTIONS_MAX)
    return bad(`at most ${ACTIONS_MAX} actions`, actions);
  const done: Action[] = [];
  for (const each of actions) {
    const action = readAction(each);
    if (action === null || action.atNs < (done.at(-1)?.atNs ?? 0))
      return bad('actions in order of time', each);
    done.push(action);
  }
  return { ok: true, run: { sandbox, seed: Number(seed), files: texts, actions: done, atNs: Number(atNs) } };
}

function wrong(expected: string, found: string, fix: string): LinkReading {
  return { ok: false, complaint: { expected, found, fix } };
}

const shown = (text: string): string => (text.length > 60 ? `${text.slice(0, 60)}…` : text);

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

async function squeezed(
  bytes: Uint8Array<ArrayBuffer>,
  by: GenericTransformStream,
): Promise<Uint8Array<ArrayBuffer>> {
  const stream = new Blob([bytes]).stream().pipeThrough(by);
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

/** Unpacks piece by piece, so that a small link cannot become more than the memory holds. */
async function unpacked(text: string): Promise<Uint8Array<ArrayBuffer>> {
  const letters = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  const packed = Uint8Array.from(letters, (letter) => letter.charCodeAt(0));
  const reader = new Blob([packed]).stream().pipeThrough(new DecompressionStream('deflate-raw')).getReader();
  const parts: Uint8Array<ArrayBuffer>[] = [];
  let total = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    total += value.length;
    if (total > UNPACKED_BYTES_MAX) {
      void reader.cancel();
      throw new RangeError(`more than ${UNPACKED_BYTES_MAX / 1e6} MB inside`);
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
