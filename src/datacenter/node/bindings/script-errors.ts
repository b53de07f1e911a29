// What node:vm puts around scripts: errors that a script throws get the line where they were made before their stack, as
// Node decorates them, and frames of the engine are taken out. Data of cached code only says whose it is: code is compiled
// once a thread anyway. Called by contextify.ts.
import type { Realm } from '../realm.ts';
import { framesOf } from '../stack.ts';

export interface ScriptText {
  readonly code: string;
  readonly file: string;
  readonly lines: number;
}

const decorated = new WeakSet<object>();

/** Runs it; what it throws shows the script's line, unless `isPlain`. */
export function showingErrors(text: ScriptText, isPlain: boolean, run: () => unknown): unknown {
  try {
    return run();
  } catch (problem) {
    if (problem instanceof Error) show(problem, text, isPlain);
    throw problem;
  }
}

function show(error: Error, { code, file, lines }: ScriptText, isPlain: boolean): void {
  if (decorated.has(error) || typeof error.stack !== 'string') return;
  decorated.add(error);
  const frame = framesOf(error.stack)[0];
  const stack = ownFrames(error.stack, file);
  if (frame === undefined || isPlain || frame.scriptName !== file) {
    if (frame?.scriptName === file) error.stack = stack;
    return;
  }
  const line = code.split('\n')[frame.lineNumber - 1 - lines] ?? '';
  const thrown = line.slice(0, frame.column).lastIndexOf('throw ');
  const column = thrown < 0 ? Math.min(frame.column - 1, line.length) : thrown;
  error.stack = `${file}:${frame.lineNumber}\n${line}\n${' '.repeat(column)}^\n\n${stack}`;
}

/** The script's own frame is that of an eval here; between it and Node's vm lie frames of the engine. */
function ownFrames(stack: string, file: string): string {
  const lines = stack.split('\n');
  const top = lines.findIndex((line) => line.includes(` at eval (${file}:`));
  const after = lines.findIndex((line, index) => index > top && line.includes('(node:vm:'));
  if (top < 0) return stack;
  const own = (lines[top] ?? '').replace(/at eval \((.*)\)$/, 'at $1');
  return [...lines.slice(0, top), own, ...lines.slice(after < 0 ? top + 1 : after)].join('\n');
}

/** FNV-1a, 32 bits. */
function digestOf(text: string): string {
  let digest = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) digest = Math.imul(digest ^ text.charCodeAt(i), 0x01000193);
  return (digest >>> 0).toString(16).padStart(8, '0');
}

const cacheName = (realm: Realm, code: string): string =>
  `brownout ${realm.library.source.version} ${code.length} ${digestOf(code)}`;

type Buffers = { from(text: string): Uint8Array };

export function cachedDataOf(realm: Realm, code: string): Uint8Array {
  const { Buffer } = realm.requireBuiltin('buffer') as { Buffer: Buffers };
  return Buffer.from(cacheName(realm, code));
}

/** Whether cached data is of other code, or of another engine. */
export function isRejected(realm: Realm, code: string, data: unknown): boolean {
  const { buffer, byteOffset, byteLength } = data as Uint8Array;
  const bytes = new Uint8Array(buffer, byteOffset, byteLength);
  return String.fromCharCode(...bytes.subarray(0, 100)) !== cacheName(realm, code);
}
