// The load balancer: a reverse proxy that gives each request to one of several apps. Wiring only.
// How it chooses is in pick.ts, who may be chosen in health.ts, one attempt in forward.ts, a second in retry.ts, and
// what it tells of itself in state.ts.
// Environment: PORT, APPS (`name=host:port` or `name=host:port*weight`, by spaces), PICK, SILENCE_MS, HEALTH_*.
// Dials: pick, drain.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { onDials } from '../_shared/dials.ts';
import { canRepeat, forward } from './forward.ts';
import { watchHealth } from './health.ts';
import { type App, pickCalled } from './pick.ts';
import { nextTry } from './retry.ts';
import { tell, tellOf } from './state.ts';

const defaultApps = 'app1=127.0.0.1:8081 app2=127.0.0.1:8082 app3=127.0.0.1:8083';
const apps = (process.env.APPS ?? defaultApps).split(' ').map(parseApp);
tellOf(apps);
let pick = pickCalled(process.env.PICK ?? 'round-robin');
onDials((values) => {
  if (values['pick'] !== undefined) pick = pickCalled(String(values['pick']));
  if (values['drain'] !== undefined) drain(String(values['drain']));
});
const silenceMs = Number(process.env.SILENCE_MS ?? 1000);

function parseApp(text: string): App {
  const [, name, host, port, weight = 1] = /^(\w+)=([^:]+):(\d+)(?:\*(\d+))?$/.exec(text) ?? [];
  if (!name || !host) throw new Error(`APPS: expected name=host:port, found '${text}': correct APPS`);
  const unused = { inFlight: 0, inRotation: false, draining: false, peak: { ms: 1, atMs: 0 } };
  return { name, host, port: Number(port), weight: Number(weight), ...unused };
}

// #region drain
/** From now on this app gets nothing new, and every other may; `none` ends it. */
function drain(name: string): void {
  for (const app of apps) app.draining = app.name === name;
  tell();
}
// #endregion

// #region serve
/** Gives the request to one app after another until one answers or retry.ts gives up. */
async function serve(incoming: IncomingMessage, response: ServerResponse): Promise<void> {
  const inRotation = () => apps.filter((one) => one.inRotation && !one.draining);
  const tried: string[] = [];
  let app = pick(inRotation());
  if (!app) return refuse(response, 503, 'no app is in rotation');
  for (;;) {
    const outcome = await forward(incoming, response, app, silenceMs);
    if (outcome.answered) return;
    tried.push(app.name);
    const failed = { method: incoming.method ?? '', tried, reason: outcome.reason };
    const names = inRotation().map((one) => one.name);
    const next = canRepeat(incoming) ? nextTry(failed, names) : undefined;
    const other = apps.find((one) => one.name === next);
    if (!other) {
      const status = outcome.reason === 'ETIMEDOUT' ? 504 : 502;
      return refuse(response, status, `${app.name} did not answer: ${outcome.reason}`);
    }
    app = other;
  }
}
// #endregion

/** The balancer's own answer, for want of an app's: 502, 503 or 504 and the reason. */
function refuse(response: ServerResponse, status: number, reason: string): void {
  if (response.destroyed) return;
  response.writeHead(status, {
    'content-type': 'text/plain',
    'x-served-by': process.env.MACHINE ?? 'balancer',
  });
  response.end(`${status}: ${reason}\n`);
}

const server = createServer((incoming, response) => {
  incoming.on('error', () => {}); // The client is gone; `close` on the response ends the attempt.
  response.on('error', () => {});
  response.on('close', () => {
    if (!server.listening) server.closeIdleConnections(); // Asked to stop, and this was the last on its connection.
  });
  serve(incoming, response).catch((error: unknown) => {
    // A mistake in pick.ts or retry.ts must cost one request, not the balancer.
    console.error(error);
    if (response.headersSent) response.destroy();
    else refuse(response, 500, 'the balancer made a mistake; its log says which');
  });
});

server.listen(Number(process.env.PORT ?? 8080), () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : address;
  console.log(`balances ${apps.length} apps on port ${port}`);
});
watchHealth(apps, {
  intervalMs: Number(process.env.HEALTH_INTERVAL_MS ?? 2000),
  timeoutMs: Number(process.env.HEALTH_TIMEOUT_MS ?? 1000),
  threshold: Number(process.env.HEALTH_THRESHOLD ?? 2),
});
process.once('SIGTERM', () => server.close(() => process.exit(0)));
