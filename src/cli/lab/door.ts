// Who may open the socket of `brownout lab`: the page that it serves, opened with the token that it printed. Looks at
// the request before it becomes a WebSocket, since behind it are real processes. Pure. Called by page.ts and socket.ts.
import { timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';

export const SOCKET_PATH = '/lab-socket';

export interface Refused {
  readonly status: number;
  readonly text: string;
}

/** A page of another site whose name was made to lead here (DNS rebinding) asks by that name. */
export function strangeHost({ headers }: IncomingMessage, port: number): Refused | null {
  const { host = '' } = headers;
  if (host === `localhost:${port}` || host === `127.0.0.1:${port}`) return null;
  return refused(403, `Host localhost:${port}`, host, 'open the address that `brownout lab` printed');
}

/** Null for a request that may become a WebSocket. */
export function strangeSocket(request: IncomingMessage, port: number, token: string): Refused | null {
  const url = new URL(request.url ?? '/', 'http://localhost');
  if (url.pathname !== SOCKET_PATH) return refused(404, SOCKET_PATH, url.pathname, 'ask there');
  const host = strangeHost(request, port);
  if (host !== null) return host;
  const { origin = '' } = request.headers;
  if (origin !== `http://${request.headers.host}`)
    return refused(403, `Origin http://${request.headers.host}`, origin, 'use the page that is served here');
  const found = url.searchParams.get('token') ?? '';
  if (isEqual(found, token)) return null;
  return refused(
    401,
    'the token that `brownout lab` printed',
    found === '' ? '' : 'another',
    'open the address that it printed, with all that follows #',
  );
}

/** In a time that does not tell how much of it was right. */
function isEqual(found: string, token: string): boolean {
  const [one, other] = [Buffer.from(found), Buffer.from(token)];
  return one.length === other.length && timingSafeEqual(one, other);
}

function refused(status: number, expected: string, found: string, fix: string): Refused {
  const shown = found === '' ? 'none' : found.slice(0, 100).replace(/[^\x20-\x7e]/g, '?');
  return { status, text: `expected ${expected}, found ${shown}: ${fix}\n` };
}
