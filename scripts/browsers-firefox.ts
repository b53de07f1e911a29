// Drives Firefox over WebDriver BiDi: opens it without a screen and with a new profile, goes, acts, looks, evaluates.
// Such a window is never in front, so its pages hear nothing of focus: click what must wake. Refuses what Firefox
// refuses, in its words. Called by browsers-installed.ts.
import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Driven, ended, onPath, printedBy, type RemoteBrowser, VIEW } from './browsers-remote.ts';

interface BidiReply {
  readonly id?: number;
  readonly type?: string;
  readonly message?: string;
  readonly result?: Record<string, unknown>;
}

type Send = (method: string, params: object) => Promise<Record<string, unknown>>;

/** Sends commands over a BiDi connection and gives their results. */
function bidi(socket: WebSocket): Send {
  let lastId = 0;
  const waiting = new Map<number, (reply: BidiReply) => void>();
  socket.addEventListener('message', ({ data }) => {
    const reply = JSON.parse(String(data)) as BidiReply;
    if (reply.id !== undefined) waiting.get(reply.id)?.(reply);
  });
  return async (method, params) => {
    const id = ++lastId;
    const reply = await new Promise<BidiReply>((resolve) => {
      waiting.set(id, resolve);
      socket.send(JSON.stringify({ id, method, params }));
    });
    if (reply.type === 'error') throw new Error(`Firefox refused ${method}: ${reply.message}`);
    return reply.result ?? {};
  };
}

async function evaluate(send: Send, context: string | undefined, expression: string): Promise<string> {
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
}

async function open(address: string): Promise<Driven> {
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
  return drive(send, contexts[0]?.context, address, async () => {
    socket.close();
    await ended(child);
    rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
  });
}

/** Takes a window in hand, and shows the address there. */
async function drive(
  send: Send,
  context: string | undefined,
  address: string,
  close: () => Promise<void>,
): Promise<Driven> {
  await send('browsingContext.setViewport', { context, viewport: VIEW });
  const goTo = async (to: string): Promise<void> => {
    await send('browsingContext.navigate', { context, url: to, wait: 'complete' });
  };
  await goTo(address);
  return {
    goTo,
    evaluate: (expression) => evaluate(send, context, expression),
    act: async (actions) => {
      await send('input.performActions', { context, actions });
    },
    look: async () => {
      const { data } = await send('browsingContext.captureScreenshot', { context });
      return Buffer.from(String(data), 'base64');
    },
    // A container: it shares nothing that pages can keep.
    stranger: async (to) => {
      const { userContext } = await send('browser.createUserContext', {});
      const made = await send('browsingContext.create', { type: 'window', userContext });
      const end = async (): Promise<void> => {
        await send('browser.removeUserContext', { userContext });
      };
      return drive(send, String(made['context']), to, end);
    },
    close,
  };
}

export const firefox: RemoteBrowser<Driven> = {
  name: 'Firefox',
  packages: ['firefox-esr'],
  missing: () => (onPath('firefox-esr', 'firefox') === undefined ? 'firefox-esr' : null),
  open,
};
