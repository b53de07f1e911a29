// `npm run test:webcontainer`: the test of the cockpit over WebContainer with the service itself, wherever that can be
// reached, by the built site (`npm run build` first). Where it cannot, says so and why, and fails nothing: exit code 0.
import { spawnSync } from 'node:child_process';

const SERVICE = 'https://stackblitz.com/headless';
const WAIT_MS = 10_000;

const reached = await fetch(SERVICE, { signal: AbortSignal.timeout(WAIT_MS) }).then(
  ({ status }) => (status < 400 ? '' : `status ${status}`),
  (error: unknown) => {
    const { cause, message } = error as Error;
    return cause instanceof Error ? cause.message : message;
  },
);
if (reached !== '') {
  console.log(
    `Not run: expected WebContainer's service at ${SERVICE}, found ${reached}. Run this where it can be reached; ` +
      'everywhere else its fake stands for it (tests/site/webcontainer.spec.ts).',
  );
} else {
  const { status } = spawnSync(
    'playwright',
    ['test', 'tests/site/webcontainer.spec.ts', '-g', 'the same cockpit over real processes'],
    { stdio: 'inherit', env: { ...process.env, BROWNOUT_WEBCONTAINER: 'real' } },
  );
  process.exitCode = status ?? 1;
}
