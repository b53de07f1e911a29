// The source map of a file, which its last `//# sourceMappingURL=` names, for programs that run with
// --enable-source-maps: what util.getCallSites() and module.findSourceMap() read. Stacks of errors are not mapped.
// As on Node, a map that cannot be read is none; unlike there, a file that was not loaded has its map too.
// Called by module-library.ts and loader-stand-ins.ts.
import type { Realm } from './realm.ts';
import { utf8Text } from './text.ts';

interface Payload {
  sources: string[];
  sourceRoot?: string;
}

interface Urls {
  readonly URL: new (url: string, base?: string | URL) => URL;
  readonly pathToFileURL: (path: string) => URL;
  readonly fileURLToPath: (url: string | URL) => string;
}

const NAMED = /\/[*/]#\s+sourceMappingURL=([^\s]+)/g;
const DATA = /^data:application\/json(?:;[^;,]*)*?(;base64)?,(.*)$/s;

/** A map of Node's class by the path or URL of the file; undefined where there is none. */
export function findSourceMap(realm: Realm, file: unknown): object | undefined {
  const { flags } = realm.options;
  if (!flags.includes('--enable-source-maps') || typeof file !== 'string' || file.startsWith('node:')) return;
  const { SourceMap } = realm.requireBuiltin('internal/source_map/source_map') as {
    SourceMap: new (payload: Payload, lines: { lineLengths: number[] }) => object;
  };
  try {
    const urls = realm.requireBuiltin('internal/url') as unknown as Urls;
    const url = /^\w+:\/\//.test(file) ? new urls.URL(file) : urls.pathToFileURL(file);
    const code = textOf(realm, urls, url);
    const named = [...code.matchAll(NAMED)].at(-1)?.[1];
    if (named === undefined) return;
    const [payload, base] = payloadOf(realm, urls, named, url);
    const root = payload.sourceRoot ?? '';
    const sources = payload.sources.map((source) => new urls.URL(root + source, base).href);
    const lineLengths = code.split(/[\n\u2028\u2029]/).map((line) => line.length);
    return new SourceMap({ ...payload, sources, sourceRoot: '' }, { lineLengths });
  } catch {
    return;
  }
}

/** What the name says, and what the names in it are relative to. */
function payloadOf(realm: Realm, urls: Urls, name: string, url: URL): [payload: Payload, base: URL] {
  const [, base64, data] = DATA.exec(name) ?? [];
  if (data === undefined) {
    const place = new urls.URL(name, url);
    return [JSON.parse(textOf(realm, urls, place)) as Payload, place];
  }
  const { Buffer } = realm.requireBuiltin('buffer') as { Buffer: typeof import('node:buffer').Buffer };
  const text = base64 === undefined ? data : Buffer.from(data, 'base64').toString();
  return [JSON.parse(text) as Payload, url];
}

function textOf(realm: Realm, { fileURLToPath }: Urls, url: URL): string {
  const node = realm.machine.disk.find(fileURLToPath(url));
  if (typeof node === 'string' || node.kind !== 'file') throw new Error(`expected a file at ${url.href}`);
  return utf8Text(node.bytes);
}
