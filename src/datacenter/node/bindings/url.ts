// WHATWG URLs through the host's own URL, in the shape that Node's parser (ada) reports. Called by registry.ts.
// Refuses what the host refuses, with the error that Node throws.
import type { Binding, Callable, LibraryExports } from '../realm.ts';
import { unicodeHost } from './punycode.ts';

const HostURL = URL;
/** Read now: the thread loses its names before programs run. */
const HostPattern = (globalThis as { URLPattern?: unknown }).URLPattern;

/** `enum scheme::type` of ada. */
const SCHEMES: Readonly<Record<string, number>> = {
  'http:': 0,
  'https:': 2,
  'ws:': 3,
  'ftp:': 4,
  'wss:': 5,
  'file:': 6,
};
const NOT_SPECIAL = 1;
const OMITTED = 0xffffffff;

/** Setters in the order of `updateActions` in internal/url. */
const SETTERS = [
  'protocol',
  'host',
  'hostname',
  'port',
  'username',
  'password',
  'pathname',
  'search',
  'hash',
  'href',
] as const;

/** Writes ada's url_aggregator offsets for a normalized href. */
function report(url: URL, into: Uint32Array): string {
  const { href, protocol } = url;
  const protocolEnd = protocol.length;
  const hasAuthority = href.startsWith('//', protocolEnd);
  let at = protocolEnd + (hasAuthority ? 2 : 0);
  const usernameEnd = at + url.username.length;
  at = usernameEnd;
  if (url.password !== '') at += 1 + url.password.length;
  const hostStart = at;
  if (url.username !== '' || url.password !== '') at += 1;
  const hostEnd = at + url.hostname.length;
  const portText = url.port;
  let pathStart = hostEnd + (portText === '' ? 0 : portText.length + 1);
  if (!hasAuthority && href.startsWith('/.//', protocolEnd)) pathStart = protocolEnd + 2;
  const searchStart = href.indexOf('?', pathStart);
  const hashStart = href.indexOf('#', pathStart);
  const hasSearch = searchStart >= 0 && (hashStart < 0 || searchStart < hashStart);
  into[0] = protocolEnd;
  into[1] = hasAuthority ? usernameEnd : protocolEnd;
  into[2] = hasAuthority ? hostStart : protocolEnd;
  into[3] = hasAuthority ? hostEnd : protocolEnd;
  into[4] = portText === '' ? OMITTED : Number(portText);
  into[5] = pathStart;
  into[6] = hasSearch ? searchStart : OMITTED;
  into[7] = hashStart >= 0 ? hashStart : OMITTED;
  into[8] = SCHEMES[protocol] ?? NOT_SPECIAL;
  return href;
}

function parsed(input: string, base: string | undefined): URL | undefined {
  try {
    return base === undefined ? new HostURL(input) : new HostURL(input, base);
  } catch {
    return undefined;
  }
}

/** As Node's native side makes it: a plain TypeError, without the code in its first line. */
function invalidUrl(input: string, base: string | undefined): Error {
  const error = new TypeError('Invalid URL');
  return Object.assign(error, { code: 'ERR_INVALID_URL', input }, base === undefined ? {} : { base });
}

/** What Node writes as percent codes in the paths of files, beside what any URL does. */
const IN_PATHS = /[\t\n\r%[\\\]^|~]/g;

const percent = (character: string): string =>
  `%${character.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`;

export const url = (): Binding => {
  const components = new Uint32Array(9);
  return {
    urlComponents: components,
    parse: (input: string, base: string | undefined, raise: boolean) => {
      const result = parsed(input, base);
      if (result !== undefined) return report(result, components);
      if (raise) throw invalidUrl(input, base);
      return undefined;
    },
    domainToUnicode: (domain: string) => unicodeHost(parsed(`ws://${domain}`, undefined)?.hostname ?? ''),
    canParse: (input: string, base?: string) => parsed(input, base) !== undefined,
    update: (href: string, action: number, value: string) => {
      const target = new HostURL(href);
      const setter = SETTERS[action];
      if (setter === undefined) return false;
      try {
        target[setter] = value;
      } catch {
        return false;
      }
      return report(target, components);
    },
    pathToFileURL: (path: string, isWindows: boolean, hostname?: string) => {
      const escaped = path.replace(IN_PATHS, (character) =>
        isWindows && character === '\\' ? character : percent(character),
      );
      const target = new HostURL('file://');
      target.pathname = escaped;
      if (isWindows && hostname !== undefined) {
        target.hostname = hostname;
        const asked = hostname.replaceAll(/[\t\n\r]/g, '').split(/[/?#\\]/, 1)[0] ?? '';
        if (target.hostname === '' && !/^(?:localhost)?$/i.test(asked)) throw invalidUrl(path, hostname);
      }
      return report(target, components);
    },
    domainToASCII: (domain: string) => parsed(`ws://${domain}`, undefined)?.hostname ?? '',
    getOrigin: (href: string) => new HostURL(href).origin,
    format: (href: string, hash: boolean, unicode: boolean, search: boolean, auth: boolean) => {
      const target = new HostURL(href);
      if (!hash) target.hash = '';
      if (!search) target.search = '';
      if (!auth) {
        target.username = '';
        target.password = '';
      }
      return unicode && target.hostname !== ''
        ? target.href.replace(target.hostname, unicodeHost(target.hostname))
        : target.href;
    },
  };
};

/** Newer hosts have URLPattern; elsewhere a program that makes one is refused. */
export const urlPattern = (): Binding => {
  const refused: Callable = () => {
    throw new Error('expected a host with URLPattern, found one without: use a newer browser');
  };
  return { URLPattern: HostPattern ?? (refused as unknown as LibraryExports) };
};
