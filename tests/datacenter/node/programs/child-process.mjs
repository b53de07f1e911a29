// Starts itself in several roles: messages, piped streams, signals with and without a handler, a program that is
// not there, timeouts, a line for the shell.
import { exec, execFile, fork, spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';

const self = fileURLToPath(import.meta.url);
const roles = {
  child() {
    console.log('a forked child prints');
    process.on('message', (message) => {
      process.send({ message, x: process.env.X, parameters: process.argv.slice(2) });
      if (message === 'bye') process.disconnect();
    });
  },
  cat() {
    process.stdin.on('data', (bytes) => process.stdout.write(String(bytes).toUpperCase()));
    process.stdin.on('end', () => {
      process.exitCode = 3;
    });
  },
  handles() {
    const timer = setInterval(() => undefined, 1000);
    process.on('SIGTERM', () => clearInterval(timer));
    console.log('ready');
  },
  waits() {
    setInterval(() => undefined, 1000);
    console.log('ready');
  },
  throws() {
    throw new Error('from a child');
  },
};
const role = roles[process.argv[2]];
if (role === undefined) await parent();
else role();

async function parent() {
  await messages();
  const cat = spawn(process.execPath, [self, 'cat']);
  let text = '';
  cat.stdout.setEncoding('utf8').on('data', (more) => {
    text += more;
  });
  cat.stdin.write('abc');
  cat.stdin.end('def');
  console.log('cat', await once(cat, 'close'), text);
  for (const kind of ['handles', 'waits']) {
    for (const signal of ['SIGTERM', 'SIGKILL', 'SIGINT']) {
      const child = spawn(process.execPath, [self, kind], { stdio: ['ignore', 'pipe', 'inherit'] });
      child.stdout.once('data', () => child.kill(signal));
      console.log(kind, signal, await once(child, 'close'));
    }
  }
  const [error] = await once(spawn('nothing-here', ['x']), 'error');
  console.log(error.code, error.syscall, error.path, error.spawnargs);
  execFile(process.execPath, [self, 'waits'], { timeout: 900, killSignal: 'SIGKILL' }, (failure, stdout) => {
    console.log(failure.killed, failure.signal, stdout);
    execFile(process.execPath, [self, 'throws'], (thrown, _, stderr) => {
      console.log(thrown.code, stderr.includes('Error: from a child'));
      exec(`node '${self}' cat`, (shell, upper) => console.log(shell.code, upper)).stdin.end('zz');
    });
  });
}

async function messages() {
  const child = fork(self, ['child', 'q'], { env: { X: '1', PATH: process.env.PATH }, silent: true });
  child.stdout.on('data', (bytes) => console.log('out', String(bytes)));
  child.on('message', (answer) => {
    console.log('answer', answer);
    if (answer.message === 'two') child.send('bye');
  });
  child.send({ one: 1 });
  child.send('two');
  child.on('disconnect', () => console.log('disconnected'));
  child.on('exit', (code, signal) => console.log('exit', code, signal));
  console.log('close', await once(child, 'close'));
}
