// ping, as far as Node can: ICMP is not to be had from it, so this opens a TCP connection each second and times it.
// A refused connection is an answer too: the machine is there. Run by shell.ts, or `node ping.ts HOST[:PORT]`.
import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';
import { fail, numberOf, readArguments } from './arguments.ts';

const help = `ping [options] HOST[:PORT]
  -c N           so many connections (4)
  -i SECONDS     from one to the next (1)
  -W SECONDS     wait so long for each (1)
Times the opening of a TCP connection, because Node cannot send ICMP. Without a port: what the machine listens on, or 80.
Ends with 0 if anything came back, 1 if not, 2 for an unknown host.
`;

const { values, positionals } = readArguments('ping', help, {
  count: { type: 'string', short: 'c', default: '4' },
  interval: { type: 'string', short: 'i', default: '1' },
  wait: { type: 'string', short: 'W', default: '1' },
});
const count = numberOf('ping', '-c', values.count, 1, 1000);
const intervalMs = numberOf('ping', '-i', values.interval, 0.01, 60) * 1000;
const waitMs = numberOf('ping', '-W', values.wait, 0.01, 60) * 1000;
const [host = '', given] = (positionals[0] ?? fail('ping', 2, 'no host given')).split(':');
const known = (process.env['HOSTS'] ?? '').split(' ').find((each) => each.startsWith(`${host}:`));
const port = numberOf('ping', 'the port', given ?? known?.slice(host.length + 1) ?? '80', 1, 65_535);

const times: number[] = [];
let sent = 0;

const found = await lookup(host, 4).catch(() => null);
if (found === null) fail('ping', 2, `${host}: no such host`);
const { address } = found;
process.stdout.write(`ping ${host} (${address}): TCP to port ${port}, for Node cannot send ICMP\n`);
process.on('SIGINT', () => finish(130));
probe();

function probe(): void {
  const begun = performance.now();
  sent++;
  const seq = sent;
  const socket = connect({ host: address, port });
  const report = (what: string): void => {
    clearTimeout(limit);
    socket.destroy();
    process.stdout.write(`${what}\n`);
    if (seq === count) finish(times.length > 0 ? 0 : 1);
    else setTimeout(probe, Math.max(0, begun + intervalMs - performance.now()));
  };
  const limit = setTimeout(
    () => report(`no answer from ${address}:${port} in ${waitMs} ms: seq=${seq}`),
    waitMs,
  );
  const answered = (how: string): void => {
    const ms = performance.now() - begun;
    times.push(ms);
    report(`${how} ${address}:${port}: seq=${seq} time=${ms.toFixed(3)} ms`);
  };
  socket.on('connect', () => answered('connected to'));
  socket.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'ECONNREFUSED') answered('refused by');
    else report(`${error.code ?? error.message} for ${address}:${port}: seq=${seq}`);
  });
}

function finish(code: number): never {
  const lost = sent - times.length;
  process.stdout.write(`${sent} tried, ${times.length} answered, ${Math.round((lost / sent) * 100)}% lost\n`);
  if (times.length > 0) {
    const mean = times.reduce((sum, ms) => sum + ms, 0) / times.length;
    const [least, most] = [Math.min(...times), Math.max(...times)].map((ms) => ms.toFixed(3));
    process.stdout.write(`min/avg/max = ${least}/${mean.toFixed(3)}/${most} ms\n`);
  }
  process.exit(code);
}
