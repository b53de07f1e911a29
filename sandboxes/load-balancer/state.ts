// Tells whoever watches how the balancer sees its apps: in rotation or not, and how many requests are in flight to each.
// Publishes on `brownout:state`; nobody in the balancer reads it back. Called at each change, by health.ts and forward.ts.
import { channel } from 'node:diagnostics_channel';
import type { App } from './pick.ts';

const state = channel('brownout:state');
let known: readonly App[] = [];

/** From now on tells of these apps. */
export function tellOf(apps: readonly App[]): void {
  known = apps;
}

export function tell(): void {
  state.publish({
    rotation: Object.fromEntries(
      known.map((app) => [app.name, app.draining ? 'draining' : app.inRotation ? 'in' : 'out']),
    ),
    inFlight: Object.fromEntries(known.map((app) => [app.name, app.inFlight])),
  });
}
