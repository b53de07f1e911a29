// Active health checks: asks every app `/health` at an interval, and moves it out of or into rotation.
// One bad check proves little (a lost packet, a busy moment), so a change needs several in a row: the threshold.
// Started by balancer.ts.
import { request } from 'node:http';
import type { App } from './pick.ts';
import { tell } from './state.ts';

export interface HealthRules {
  readonly intervalMs: number;
  /** A check without an answer after this time has failed. */
  readonly timeoutMs: number;
  /** So many checks in a row must say the same before an app is moved. */
  readonly threshold: number;
}

/** Until an app has been up once, it is asked this often: a start should not take a whole interval. */
const STARTING_INTERVAL_MS = 100;

/** Checks for ever. Apps begin out of rotation; the first good check of each is enough. */
export function watchHealth(apps: readonly App[], rules: HealthRules): void {
  // Apps are checked one after another within the interval, not all at the same moment.
  for (const [index, app] of apps.entries()) {
    watch(app, rules, ((index + 1) / apps.length) * rules.intervalMs);
  }
}

// #region watch
function watch(app: App, rules: HealthRules, firstPauseMs: number): void {
  let inARow = 0; // checks in a row that speak against where the app is now
  let wasUp = false;

  async function check(): Promise<void> {
    const started = performance.now();
    const good = await isHealthy(app, rules.timeoutMs);
    inARow = good === app.inRotation ? 0 : inARow + 1;
    const isFirst = good && !wasUp;
    if (inARow >= (isFirst ? 1 : rules.threshold)) move(good);
    const pauseMs = isFirst ? firstPauseMs : wasUp ? rules.intervalMs : STARTING_INTERVAL_MS;
    setTimeout(check, Math.max(0, pauseMs - (performance.now() - started)));
  }

  function move(up: boolean): void {
    app.inRotation = up;
    inARow = 0;
    wasUp = true;
    console.log(
      `${app.name} ${up ? 'is in rotation' : `is out of rotation after ${rules.threshold} bad checks`}`,
    );
    tell();
  }

  void check();
}
// #endregion

/** Asks once, on a connection of its own: an old one might still work where a new client gets no answer. */
function isHealthy(app: App, timeoutMs: number): Promise<boolean> {
  return new Promise((resolve) => {
    const { host, port } = app;
    const probe = request({ host, port, path: '/health', agent: false }, (answer) => {
      answer.on('error', () => {});
      answer.resume();
      done(answer.statusCode === 200);
    });
    const limit = setTimeout(() => {
      done(false);
      probe.destroy();
    }, timeoutMs);

    function done(good: boolean): void {
      clearTimeout(limit);
      resolve(good);
    }
    probe.on('error', () => done(false));
    probe.end();
  });
}
