// Two more ways to choose: by what an app can carry, and by how long its answers take.
// Pure choice, like pick.ts, which lists them; forward.ts tells `answered` how long each answer took.
import type { App, Pick } from './pick.ts';

// #region weighted
/** In turn; an app of weight 3 three times as often as one of weight 1, but not in a row. */
export function weighted(): Pick {
  const credit = new Map<App, number>();
  return (apps) => {
    const total = apps.reduce((sum, app) => sum + app.weight, 0);
    for (const app of apps) credit.set(app, (credit.get(app) ?? 0) + app.weight);
    const [best] = [...apps].sort((a, b) => (credit.get(b) ?? 0) - (credit.get(a) ?? 0));
    if (best) credit.set(best, (credit.get(best) ?? 0) - total);
    return best;
  };
}
// #endregion

// #region peak-ewma
/** Of two by chance the shorter wait: its last peak, times those who wait there already. */
export function peakEwma(random: () => number = Math.random): Pick {
  return (apps) => {
    const first = Math.floor(random() * apps.length);
    const other = (first + 1 + Math.floor(random() * (apps.length - 1))) % apps.length;
    const [a, b] = [apps[first], apps[other]];
    const wait = (app: App) => peakOf(app) * (app.inFlight + 1);
    return a && b && wait(b) < wait(a) ? b : a;
  };
}

/** A slow answer counts at once, and half as much a second later: so the app gets another chance. */
function peakOf({ peak }: App): number {
  return peak.ms / (1 + (performance.now() - peak.atMs) / 1000);
}

export function answered(app: App, ms: number): void {
  app.peak = { ms: Math.max(ms, peakOf(app)), atMs: performance.now() };
}
// #endregion
