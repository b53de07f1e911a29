// Which site a request is for. Ten sites share one address and one port, so only the request itself can tell.
// Pure: reads the head of a request, looks nothing up, answers nothing. Refuses what RFC 9112 (section 3.2) says must be
// refused. Called by server.ts for each request.

/** What of a request's head names its site. `rawHeaders`: name, value, name, value, as they came. */
export interface Head {
  readonly httpVersion: string;
  readonly url: string;
  readonly rawHeaders: readonly string[];
}

export type Named =
  | { readonly site: string; readonly path: string }
  | { readonly status: 400 | 421; readonly reason: string };

// #region host
/** The site asked for. `sites` are known by name; `own`, the first of which is given back, are names of the server itself. */
export function siteOf(head: Head, sites: readonly string[], own: readonly string[]): Named {
  const hosts = valuesOf(head.rawHeaders, 'host');
  if (hosts.length > 1) return bad(`expected one Host header, found ${hosts.length}: send one`);
  // HTTP/1.0 knew no Host header. Who still speaks it gets the first site, whichever name was typed.
  const old = head.httpVersion === '1.0';
  if (hosts.length === 0 && !old) return bad('expected a Host header, found none: name the site in it');
  const whole = absolute(head.url);
  const authority = whole?.authority ?? hosts[0] ?? own[0] ?? '';
  const name = nameIn(authority);
  if (name === undefined) return bad(`expected a host name, found '${authority}': correct it`);
  const path = whole?.path ?? head.url;
  if (own.includes(name)) return { site: own[0] ?? name, path };
  if (sites.includes(name)) return { site: name, path };
  return { status: 421, reason: `no site ${name} on this server: ask the one that has it` };
}
// #endregion

function bad(reason: string): Named {
  return { status: 400, reason };
}

function valuesOf(rawHeaders: readonly string[], wanted: string): string[] {
  return rawHeaders.flatMap((name, index) =>
    index % 2 === 0 && name.toLowerCase() === wanted ? [rawHeaders[index + 1] ?? ''] : [],
  );
}

/** A target with everything in it, `http://bread.example/page/7`, outranks the Host header (RFC 9112, 3.2.2). */
function absolute(url: string): { authority: string; path: string } | undefined {
  const [, authority, path] = /^https?:\/\/([^/?#]*)(.*)$/is.exec(url) ?? [];
  if (authority === undefined || path === undefined) return undefined;
  return { authority, path: path.startsWith('/') ? path : `/${path}` };
}

/**
 * The name in `name:port` (RFC 3986, section 3.2.2), in small letters; undefined where there is none. The port is
 * dropped: one server, one port. A dot at the end says only that the name is whole.
 */
function nameIn(authority: string): string | undefined {
  const [, name] = /^(\[[\da-f:.]+\]|[\w.~!$&'()*+,;=%-]+)(?::\d*)?$/i.exec(authority) ?? [];
  return name?.toLowerCase().replace(/\.$/, '');
}
