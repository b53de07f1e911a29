// The idea of the chapter: three ways to choose the app that answers the next request.
// Pure choice: opens no connection, knows nothing of health; gets only the apps that are in rotation.
// Called by balancer.ts once per attempt. PICK names the way: see `ways` at the end. More of them are in more-ways.ts.
import { peakEwma, weighted } from './more-ways.ts';

export interface App {
  readonly name: string;
  readonly host: string;
  readonly port: number;
  /** Requests sent to this app by this balancer and not yet done. */
  inFlight: number;
  /** Kept by health.ts. */
  inRotation: boolean;
  /** Taken out by hand: finishes what it has and gets nothing new. */
  draining: boolean;
  /** What it can carry beside the others. */
  readonly weight: number;
  /** Its slowest answer of late. */
  peak: { readonly ms: number; readonly atMs: number };
}

/** Chooses one of the apps; undefined only where there is none. */
export type Pick = (apps: readonly App[]) => App | undefined;

// #region round-robin
/** Each app in turn. Fair in requests; blind to what a request costs and to how an app is doing. */
export function roundRobin(): Pick {
  let turn = 0;
  return (apps) => apps[turn++ % apps.length];
}
// #endregion

// #region least-connections
/** The app with the fewest requests in flight; among equals, the next in turn. */
export function leastConnections(): Pick {
  let turn = 0;
  return (apps) => {
    let best: App | undefined;
    for (let step = 0; step < apps.length; step++) {
      const app = apps[(turn + step) % apps.length];
      if (app && (!best || app.inFlight < best.inFlight)) best = app;
    }
    turn++;
    return best;
  };
}
// #endregion

// #region two-choices
/** Two different apps by chance, then the less busy of the two. */
export function twoChoices(random: () => number = Math.random): Pick {
  return (apps) => {
    const first = Math.floor(random() * apps.length);
    const other = (first + 1 + Math.floor(random() * (apps.length - 1))) % apps.length;
    const [a, b] = [apps[first], apps[other]];
    return a && b && b.inFlight < a.inFlight ? b : a;
  };
}
// #endregion

const ways: Readonly<Record<string, () => Pick>> = {
  'round-robin': roundRobin,
  'least-connections': leastConnections,
  'two-choices': () => twoChoices(),
  weighted,
  'peak-ewma': () => peakEwma(),
};

/** The way called `name`. Throws with the names there are. */
export function pickCalled(name: string): Pick {
  const way = ways[name];
  if (way) return way();
  throw new Error(`PICK: expected one of ${Object.keys(ways).join(', ')}, found '${name}': correct PICK`);
}
