// A balancer of layer 7, as short as it can be: it reads each HTTP request and hands it to the next app that is well.
// What a serious one must do besides is in ../load-balancer/balancer.ts; this one is here for comparison.
// Environment: PORT, APPS (`name=host:port`, by spaces), INTERVAL_MS.
import { Agent, createServer, request } from 'node:http';
import { pipeline } from 'node:stream';
import { type App, appsFrom, inTurn, watch } from './apps.ts';

const apps = appsFrom(process.env.APPS ?? 'app1=127.0.0.1:8081 app2=127.0.0.1:8082 app3=127.0.0.1:8083');
const next = inTurn(apps);
const intervalMs = Number(process.env.INTERVAL_MS ?? 1000);
const agent = new Agent({ keepAlive: true });

const server = createServer((incoming, response) => {
  const app = next();
  incoming.on('error', () => {});
  const refuse = (status: number) => {
    if (response.headersSent) response.destroy();
    else response.writeHead(status, { 'content-length': 0 }).end();
  };
  if (app === undefined) {
    refuse(503);
    return;
  }
  const { method, url: path, headers } = incoming;
  const outgoing = request({ host: app.host, port: app.port, method, path, headers, agent }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.headers);
    pipeline(answer, response, () => {});
  });
  outgoing.on('error', () => refuse(502));
  response.on('close', () => outgoing.destroy());
  incoming.pipe(outgoing);
});

/** Well is who answers `/health` with 200: the program itself must say so. */
function answers({ host, port }: App): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = request({ host, port, path: '/health', agent: false, timeout: intervalMs }, (answer) => {
      answer.on('error', () => {});
      answer.resume();
      resolve(answer.statusCode === 200);
    });
    probe.on('timeout', () => probe.destroy());
    probe.on('error', () => resolve(false));
    probe.end();
  });
}

watch(apps, intervalMs, answers);
server.listen(Number(process.env.PORT ?? 8090), () => {
  const address = server.address();
  console.log(`hands out requests on port ${typeof address === 'object' ? address?.port : address}`);
});
process.once('SIGTERM', () => process.exit(0));
