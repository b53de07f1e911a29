// Names of the machine and look-ups of names.
// Run by differential.test.ts.
import dns from 'node:dns';
import { lookup } from 'node:dns/promises';
import os from 'node:os';

const say = (...words) => console.log(...words);
say(
  typeof os.hostname(),
  os.hostname().length > 0,
  os.EOL === '\n',
  os.type(),
  os.platform(),
  os.arch() === process.arch,
  os.endianness(),
  os.devNull,
  os.tmpdir(),
);
say(
  os.cpus().length > 0,
  os.totalmem() > os.freemem(),
  os.loadavg().length,
  os.uptime() > -1,
  typeof os.release(),
  os.availableParallelism() > 0,
  os.constants.signals.SIGTERM,
  os.constants.errno.ECONNREFUSED,
  typeof os.userInfo().username,
  Object.keys(os.networkInterfaces()).includes('lo'),
);
dns.lookup('localhost', { family: 4 }, (error, address, family) => say(error, address, family));
say(await lookup('127.0.0.1'), await lookup('localhost', { family: 4, all: true }));
await lookup('none.invalid').catch((error) => say(error.code, error.syscall, error.hostname, error.message));
await new Promise((resolve) =>
  dns.lookup('', (error, address, family) => resolve(say(error, address, family))),
);
await new Promise((resolve) =>
  dns.lookup('::1', (error, address, family) => resolve(say(error, address, family))),
);
try {
  dns.lookup(5, () => {});
} catch (error) {
  say(error.code, error.message);
}
say(dns.getDefaultResultOrder(), dns.NOTFOUND);
