// Drives WebKitGTK's MiniBrowser over WebDriver, on a screen of its own: opens it with nothing kept, goes, acts, looks,
// evaluates. Refuses what the driver refuses, in its words. Called by browsers-installed.ts.
import { spawn } from 'node:child_process';
import { globSync } from 'node:fs';
import {
  type Driven,
  ended,
  onPath,
  printedBy,
  type RemoteBrowser,
  untilAnswers,
  VIEW,
} from './browsers-remote.ts';

const MINI_BROWSERS = '/usr/lib/*/webkit2gtk-4*/MiniBrowser';
/** Each that is opened has a port of its own. */
let opened = 0;

async function open(address: string): Promise<Driven> {
  const screen = spawn('Xvfb', ['-displayfd', '1', '-screen', '0', '1280x1024x24', '-nolisten', 'tcp']);
  const display = await printedBy(screen, /(\d+)\n/);
  const port = 20_000 + ((process.pid + opened++) % 20_000);
  const driver = spawn('WebKitWebDriver', [`--port=${port}`], {
    env: {
      ...process.env,
      DISPLAY: `:${display}`,
      ...(process.getuid?.() === 0 ? { WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS: '1' } : {}),
    },
  });
  const ask = async (path: string, body: object | null, method = 'POST'): Promise<unknown> => {
    const answer = await fetch(`http://127.0.0.1:${port}${path}`, {
      ...{ method, headers: { 'content-type': 'application/json' } },
      ...(body === null ? {} : { body: JSON.stringify(body) }),
    });
    const { value } = (await answer.json()) as { value: unknown };
    if (!answer.ok) throw new Error(`WebKit refused ${path}: ${JSON.stringify(value)}`);
    return value;
  };
  await untilAnswers(`http://127.0.0.1:${port}/status`);
  const binary = globSync(MINI_BROWSERS)[0];
  const made = await ask('/session', {
    capabilities: { alwaysMatch: { 'webkitgtk:browserOptions': { binary, args: ['--automation'] } } },
  });
  const session = `/session/${(made as { sessionId: string }).sessionId}`;
  await ask(`${session}/timeouts`, { script: 600_000, pageLoad: 60_000 });
  await ask(`${session}/window/rect`, { x: 0, y: 0, ...VIEW });
  const goTo = async (url: string): Promise<void> => {
    await ask(`${session}/url`, { url });
  };
  await goTo(address);
  return {
    goTo,
    evaluate: async (expression) => {
      const script = `const done = arguments[0]; Promise.resolve().then(() => (${expression})).then((value) => done('+' + value), (error) => done('-' + error))`;
      const text = String(await ask(`${session}/execute/async`, { script, args: [] }));
      if (!text.startsWith('+')) throw new Error(`in WebKit: ${text.slice(1)}`);
      return text.slice(1);
    },
    act: async (actions) => {
      await ask(`${session}/actions`, { actions });
    },
    look: async () => Buffer.from(String(await ask(`${session}/screenshot`, null, 'GET')), 'base64'),
    stranger: open,
    close: async () => {
      await ask(session, null, 'DELETE').catch(() => undefined);
      await ended(driver);
      await ended(screen);
    },
  };
}

export const webKit: RemoteBrowser<Driven> = {
  name: 'WebKit',
  packages: ['webkit2gtk-driver', 'xvfb'],
  missing: () => {
    if (onPath('WebKitWebDriver') === undefined || globSync(MINI_BROWSERS).length === 0)
      return 'webkit2gtk-driver';
    return onPath('Xvfb') === undefined ? 'xvfb' : null;
  },
  open,
};
