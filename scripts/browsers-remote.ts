// Drives Firefox over WebDriver BiDi and WebKitGTK's MiniBrowser over WebDriver, as far as a page's script needs:
// open an address, evaluate an expression, close. No library: both speak JSON. Debian's packages are firefox-esr,
// and webkit2gtk-driver with xvfb. Called by scripts/browsers.ts and tests/site/determinism.spec.ts.
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, globSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

export interface Remote {
  /** What the promise that the expression gives resolves to, as text. */
  readonly evaluate: (expression: string) => Promise<string>;
  readonly close: () => Promise<void>;
}

export interface RemoteBrowser {
  readonly name: 'Chromium' | 'Firefox' | 'WebKit';
  /** Debian's packages. */
  readonly packages: readonly string[];
  /** What is missing on this machine, or null. */
  readonly missing: () => string | null;
  readonly open: (address: string) => Promise<Remote>;
}

const START_MS_MAX = 60_000;
const MINI_BROWSERS = '/usr/lib/*/webkit2gtk-4*/MiniBrowser';

function onPath(...names: readonly string[]): string | undefined {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  return names
    .flatMap((name) => folders.map((folder) => join(folder, name)))
    .find((file) => existsSync(file));
}

/** Resolves with what the pattern's first group finds in what the process prints. */
function printedBy(child: ChildProcess, pattern: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let text = '';
    const hear = (chunk: Buffer): void => {
      text += chunk.toString();
      const found = pattern.exec(text)?.[1];
      if (found !== undefined) resolve(found);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.on('error', reject);
    child.on('exit', (code) =>
      reject(new Error(`expected ${pattern}, found exit code ${code} after: ${text}`)),
    );
    setTimeout(() => reject(new Error(`expected ${pattern}, found: ${text}`)), START_MS_MAX).unref();
  });
}

async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once('exit', resolve));
  child.kill('SIGKILL');
  await exit;
}

interface BidiReply {
  readonly id?: number;
  readonly type?: string;
  readonly message?: string;
  readonly result?: Record<string, unknown>;
}

/** Sends commands over a BiDi connection and gives their results. */
function bidi(socket: WebSocket) {
  let lastId = 0;
  const waiting = new Map<number, (reply: BidiReply) => void>();
  socket.addEventListener('message', ({ data }) => {
    const reply = JSON.parse(String(data)) as BidiReply;
    if (reply.id !== undefined) waiting.get(reply.id)?.(reply);
  });
  return async (method: string, params: object): Promise<Record<string, unknown>> => {
    const id = ++lastId;
    const reply = await new Promise<BidiReply>((resolve) => {
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ id, method, params }));
    });
    if (reply.type === 'error') throw new Error(`Firefox refused ${method}: ${reply.message}`);
    return reply.result ?? {};
  };
}

async function openFirefox(address: string): Promise<Remote> {
  const profile = mkdtempSync(join(tmpdir(), 'brownout-firefox-'));
  const command = onPath('firefox-esr', 'firefox') ?? 'firefox-esr';
  const child = spawn(
    command,
    ['--headless', '--no-remote', '--profile', profile, '--remote-debugging-port', '0'],
    { env: { ...process.env, HOME: profile } },
  );
  const url = await printedBy(child, /WebDriver BiDi listening on (ws:\S+)/);
  const socket = new WebSocket(`${url}/session`);
  await new Promise((resolve, reject) => {
    socket.addEventListener('open', resolve);
    socket.addEventListener('error', () =>
      reject(new Error(`Firefox refused a connection to ${url}/session`)),
    );
  });
  const send = bidi(socket);
  await send('session.new', { capabilities: {} });
  const { contexts } = (await send('browsingContext.getTree', {})) as { contexts: { context: string }[] };
  const context = contexts[0]?.context;
  await send('browsingContext.navigate', { context, url: address, wait: 'complete' });
  return {
    evaluate: async (expression) => {
      const answer = await send('script.evaluate', {
        ...{ expression, target: { context }, awaitPromise: true },
      });
      const { type, result, exceptionDetails } = answer as {
        type: string;
        result?: { value?: unknown };
        exceptionDetails?: { text?: string };
      };
      if (type !== 'success') throw new Error(`in Firefox: ${exceptionDetails?.text}`);
      return String(result?.value);
    },
    close: async () => {
      socket.close();
      await ended(child);
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function openWebKit(address: string): Promise<Remote> {
  const screen = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '800x600x24', '-nolisten', 'tcp']);
  const display = await printedBy(screen, /(\d+)\n/);
  const port = 20_000 + (process.pid % 20_000);
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], {
    env: {
      ...process.env,
      DISPLAY: `:${display}`,
      ...(process.getuid?.() === 0 ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' } : {}),
    },
  });
  const post = async (path: string, body: object, method = 'POST'): Promise<unknown> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      ...{ method, headers: { 'content-type': 'application/json' } },
      ...(method === 'POST' ? { body: JSON.stringify(body) } : {}),
    });
    const { value } = (await answer.json()) as { value: unknown };
    if (!answer.ok) throw new Error(`WebKit refused ${path}: ${JSON.stringify(value)}`);
    return value;
  };
  await untilAnswers(`http://127.0.0.1:${port}/status`);
  const binary = globSync(MINI_BROWSERS)[0];
  const made = await post('/session', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } } },
  });
  const session = `/session/${(made as { sessionId: string }).sessionId}`;
  await post(`${session}/timeouts`, { script: 600_000, pageLoad: 60_000 });
  await post(`${session}/url`, { url: address });
  return {
    evaluate: async (expression) => {
      const script = `const done = arguments[0]; Promise.resolve().then(() => (${expression})).then((value) => done('+' + value), (error) => done('-' + error))`;
      const text = String(await post(`${session}/execute/async`, { script, args: [] }));
      if (!text.startsWith('+')) throw new Error(`in WebKit: ${text.slice(1)}`);
      return text.slice(1);
    },
    close: async () => {
      await post(session, {}, 'DELETE').catch(() => undefined);
      await ended(driver);
      await ended(screen);
    },
  };
}

async function untilAnswers(url: string): Promise<void> {
  const giveUpAt = Date.now() + START_MS_MAX;
  for (;;) {
    const isUp = await fetch(url).then(
      () => true,
      () => false,
    );
    if (isUp) return;
    if (Date.now() > giveUpAt) throw new Error(`expected an answer from ${url}, found none`);
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}

export const remoteBrowsers: readonly RemoteBrowser[] = [
  {
    name: 'Firefox',
    packages: ['firefox-esr'],
    missing: () => (onPath('firefox-esr', 'firefox') === undefined ? 'firefox-esr' : null),
    open: openFirefox,
  },
  {
    name: 'WebKit',
    packages: ['webkit2gtk-driver', 'xvfb'],
    missing: () => {
      if (onPath('WebKitWebDriver') === undefined || globSync(MINI_BROWSERS).length === 0)
        return 'webkit2gtk-driver';
      return onPath('Xvfb') === undefined ? 'xvfb' : null;
    },
    open: openWebKit,
  },
];
