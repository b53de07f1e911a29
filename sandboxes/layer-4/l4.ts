// A balancer of layer 4: it joins each TCP connection to one app and passes bytes both ways, whatever they mean.
// So it balances connections, not requests; it cannot retry, nor answer 503, nor see that an app answers nonsense. It can
// carry every protocol on TCP, TLS too, without a key.
// Environment: PORT, APPS (`name=host:port`, by spaces), PICK (in-turn, source), INTERVAL_MS.
import { connect, createServer, type Socket } from 'node:net';
import { type App, appsFrom, inTurn, watch } from './apps.ts';

const apps = appsFrom(process.env.APPS ?? 'app1=127.0.0.1:8081 app2=127.0.0.1:8082 app3=127.0.0.1:8083');
const next = process.env.PICK === 'source' ? bySource : inTurn(apps);
const intervalMs = Number(process.env.INTERVAL_MS ?? 1000);

/** The same app for the same address, as long as the same apps are up. */
function bySource(address: string): App | undefined {
  const up = apps.filter((app) => app.up);
  const mixed = [...address].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7);
  return up[mixed % up.length];
}

// #region connection
const server = createServer({ allowHalfOpen: true }, (client) => {
  const app = next(client.remoteAddress ?? '');
  client.on('error', () => {});
  if (app === undefined) {
    client.resetAndDestroy();
    return;
  }
  const upstream = connect({ host: app.host, port: app.port, allowHalfOpen: true });
  join(client, upstream);
  join(upstream, client);
});

/** What comes from one goes to the other, and so does an end; where one breaks, both do. */
function join(from: Socket, to: Socket): void {
  from.pipe(to);
  from.on('error', () => to.resetAndDestroy());
  from.on('close', () => to.destroySoon());
}
// #endregion

// #region check
/** Well is who accepts a connection: the kernel does that, even if the program hangs. */
function accepts({ host, port }: App): Promise<boolean> {
  return new Promise((resolve) => {
    const probe = connect({ host, port, timeout: intervalMs });
    const end = (well: boolean) => {
      probe.destroy();
      resolve(well);
    };
    probe.on('connect', () => end(true));
    probe.on('timeout', () => end(false));
    probe.on('error', () => end(false));
  });
}
// #endregion

watch(apps, intervalMs, accepts);
server.listen(Number(process.env.PORT ?? 8080), () => {
  const address = server.address();
  console.log(`passes bytes on port ${typeof address === 'object' ? address?.port : address}`);
});
process.once('SIGTERM', () => process.exit(0));
