// Children that their parent waits for: spawnSync, execFileSync and execSync.
const { execFileSync, execSync, spawn, spawnSync } = require('node:child_process');
const fs = require('node:fs');
const http = require('node:http');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

const node = process.execPath;
const [, , role, folder] = process.argv;
const run = (name, options, ...more) =>
  spawnSync(node, [__filename, name, ...more], { encoding: 'utf8', ...options });
const show = (name, { status, signal, stdout, stderr, error, output, pid }) =>
  console.log(name, {
    status,
    signal,
    stdout,
    stderr,
    code: error?.code,
    output: output?.length,
    pid: pid > 0,
  });

const children = {
  exits: () => {
    try {
      console.log('before');
      process.exit(3);
    } finally {
      console.log('NEVER');
    }
  },
  prints: () => {
    console.log('out', process.argv.slice(3), process.env.GIVEN);
    console.error('err');
    process.exitCode = 3;
  },
  echoes: () => {
    let text = '';
    process.stdin.setEncoding('utf8').on('data', (chunk) => {
      text += chunk;
    });
    process.stdin.on('end', () => console.log(text.length, text.slice(0, 5)));
  },
  signals: () => {
    setTimeout(() => {
      process.exitCode = 9;
      process.kill(process.pid, 'SIGTERM');
    }, 5);
    setInterval(() => undefined, 1000);
  },
  writes: () => {
    fs.writeFileSync(join(folder, 'file'), 'first');
    fs.appendFile(join(folder, 'file'), ' second', () => {
      fs.readFile(join(folder, 'file'), 'utf8', (_, text) => console.log('read', text));
    });
  },
  serves: () => {
    const server = http.createServer((request, response) => response.end(`you asked for ${request.url}`));
    server.listen(0, '127.0.0.1', () => {
      http.get({ port: server.address().port, host: '127.0.0.1', path: '/x', agent: false }, (response) => {
        response.setEncoding('utf8').on('data', (text) => console.log(response.statusCode, text));
        response.on('end', () => server.close());
      });
    });
  },
  starts: () => {
    const child = spawn(node, [__filename, 'prints', 'deep'], { stdio: ['ignore', 'pipe', 'inherit'] });
    child.stdout.on('data', (chunk) => console.log('from below:', String(chunk).trim()));
    child.on('close', (code) => console.log('closed', code));
  },
  nests: () => console.log(run('prints', {}, 'nested').stdout.trim(), execSync(`"${node}" -p 42`) | 0),
  floods: () => setInterval(() => undefined, 1000, fs.writeSync(1, 'x'.repeat(300))),
  waits: () => setInterval(() => undefined, 1000),
};

function main() {
  const folder = fs.mkdtempSync(join(tmpdir(), 'sync-'));
  const order = [];
  setTimeout(() => order.push('timer'), 1);
  setImmediate(() => order.push('immediate'));
  process.nextTick(() => order.push('tick'));
  show('prints', run('prints', { env: { ...process.env, GIVEN: 'given' } }, 'a b', '"c"'));
  show('echoes', run('echoes', { input: 'hello' }));
  show('much', run('echoes', { input: Buffer.alloc(200_000, 'ab') }));
  show('no input', run('echoes', {}));
  show('signals', run('signals', {}));
  show('writes', run('writes', {}, folder));
  console.log(fs.readFileSync(join(folder, 'file'), 'utf8'));
  show('serves', run('serves', {}));
  show('starts', run('starts', {}));
  show('nests', run('nests', {}));
  show('exits', run('exits', {}));
  const before = performance.now();
  show('times out', run('waits', { timeout: 400 }));
  console.log('waited', performance.now() - before >= 400);
  show('killed', run('waits', { timeout: 300, killSignal: 'SIGKILL' }));
  show('too much', { ...run('floods', { maxBuffer: 100 }), stdout: '' });
  show('none', spawnSync('no-such-program', ['x'], { encoding: 'utf8' }));
  show('ignored', run('prints', { stdio: 'ignore' }));
  show('mixed', run('prints', { stdio: ['ignore', 'ignore', 'pipe'] }));
  console.log('before what is inherited');
  show('inherited', run('prints', { stdio: 'inherit' }, 'inherited'));
  console.log(execFileSync(node, ['-p', '1 + 1']));
  console.log(execSync(`"${node}" -e "console.log('from a line')"`, { encoding: 'latin1' }));
  for (const start of [
    () => execFileSync(node, [__filename, 'prints'], { stdio: 'pipe' }),
    () => execSync(`"${node}" -e "process.exit(4)"`),
    () => execFileSync(node, [__filename, 'waits'], { timeout: 300 }),
    () => spawnSync(node, [], { timeout: -1 }),
    () => spawnSync(node, [], { input: 7 }),
  ]) {
    try {
      start();
    } catch (error) {
      console.log(
        error.name,
        error.code,
        error.status,
        error.signal,
        error.message.split('\n')[0].replaceAll(node, 'NODE'),
      );
    }
  }
  console.log(order);
  setTimeout(() => {
    fs.rmSync(folder, { recursive: true });
    console.log(order.sort());
  }, 20);
}

(children[role] ?? main)();
