// Sends one request to one app and streams the answer back: one attempt, both bodies as they flow.
// Refuses to choose or to retry (balancer.ts does). Keeps no body, so it says whether a request could be sent again.
// Called by balancer.ts.
import {
  Agent,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
  type ServerResponse,
} from 'node:http';
import { pipeline } from 'node:stream';
import { answered } from './more-ways.ts';
import type { App } from './pick.ts';
import { tell } from './state.ts';

/** `answered`: the client has its answer, or has gone, or its answer broke midway: nothing is left to do. */
export type Outcome = { readonly answered: true } | { readonly answered: false; readonly reason: string };

// Between requests a connection stays open, so that most requests need no new one.
const agent = new Agent({ keepAlive: true });

/** Headers about one connection, not about the message: a proxy must not pass them on (RFC 9110, 7.6.1). */
const hopByHop = new Set([
  'connection',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
]);

function endToEnd(headers: IncomingHttpHeaders): OutgoingHttpHeaders {
  const named = (headers.connection ?? '').toLowerCase().split(/\s*,\s*/);
  const kept = Object.entries(headers).filter(([name]) => !hopByHop.has(name) && !named.includes(name));
  return Object.fromEntries(kept);
}

/** The client's headers, and who passed them on. */
function headersForApp(incoming: IncomingMessage): OutgoingHttpHeaders {
  const headers = endToEnd(incoming.headers);
  headers.via = '1.1 balancer';
  headers['x-forwarded-for'] = incoming.socket.remoteAddress ?? 'unknown';
  if (incoming.headers['transfer-encoding'] !== undefined) headers['transfer-encoding'] = 'chunked';
  delete headers.expect; // Node's server has said `100 Continue` already.
  return headers;
}

/** True where the request carries no body: only such a request can be sent a second time. */
export function canRepeat(incoming: IncomingMessage): boolean {
  const { 'transfer-encoding': encoding, 'content-length': length } = incoming.headers;
  return encoding === undefined && Number(length ?? 0) === 0;
}

/** One attempt. Always resolves, once; a failure before the answer's head resolves with its reason. */
export function forward(
  incoming: IncomingMessage,
  response: ServerResponse,
  app: App,
  silenceMs: number,
): Promise<Outcome> {
  const { host, port } = app;
  const headers = headersForApp(incoming);
  const beganMs = performance.now();
  app.inFlight++;
  tell();
  return new Promise<Outcome>((resolve) => {
    const outgoing = request({ host, port, method: incoming.method, path: incoming.url, headers, agent });
    const silence = setTimeout(onSilence, silenceMs);
    const stillThere = () => silence.refresh();
    const clientLeft = () => outgoing.destroy();

    function onSilence(): void {
      // Only the app's silence counts: a client that reads or sends slowly may take its time.
      const clientIsSlow = response.writableNeedDrain || (!incoming.complete && !outgoing.writableNeedDrain);
      if (clientIsSlow) stillThere();
      else outgoing.destroy(Object.assign(new Error('the app is silent'), { code: 'ETIMEDOUT' }));
    }

    function finish(outcome: Outcome): void {
      clearTimeout(silence);
      response.off('close', clientLeft);
      incoming.off('data', stillThere);
      resolve(outcome);
    }

    outgoing.on('response', (answer) => {
      answered(app, performance.now() - beganMs);
      answer.on('data', stillThere);
      response.writeHead(answer.statusCode ?? 502, endToEnd(answer.headers));
      // If either side breaks, pipeline destroys the other: a cut answer never looks like a whole one.
      pipeline(answer, response, () => finish({ answered: true }));
    });
    outgoing.on('error', (error: NodeJS.ErrnoException) => {
      if (response.headersSent) return; // pipeline tells the client.
      incoming.unpipe(outgoing);
      finish(
        response.destroyed ? { answered: true } : { answered: false, reason: error.code ?? 'ECONNRESET' },
      );
    });
    response.on('close', clientLeft);
    incoming.on('data', stillThere);
    incoming.pipe(outgoing);
  }).finally(() => {
    app.inFlight--;
    tell();
  });
}
