// Judges `retry` once more, with the grader alone: outages that no page shows, and one promise that few think of. Never
// part of the site. Its seeds count on from the page's. Bundled into one module by `brownout key` and `brownout grade`.
import type { Check, Finding, Run } from '../../../../_shared/check.ts';
import { check as page } from '../check.ts';

export const feedback = {
  'post-refused':
    'A `POST` was sent to a second app. After a refusal that looks harmless, but the standard is strict: a proxy must not by itself retry a request that is not idempotent. Whether the first app did nothing is for the client to find out.',
};

/** Whether the first app carried it out or not: who asks twice may order twice. Whom it asked is the balancer's own word. */
function oneAppForEachOrder({ events }: Run): Finding {
  const asked = new Map<string, Set<string>>();
  const name = 'no order is given to a second app';
  for (const event of events) {
    if (event.kind !== 'http' || event.side !== 'client' || event.phase !== 'start') continue;
    if (event.machine !== 'balancer' || event.method !== 'POST') continue;
    const apps = asked.get(event.url) ?? new Set();
    asked.set(event.url, apps.add(event.peer));
    if (apps.size < 2) continue;
    const found = `POST ${event.url} given to ${[...apps].join(', then ')}`;
    return { name, pass: false, expected: 'one app', found, atNs: event.atNs, feedback: 'post-refused' };
  }
  return { name, pass: true, expected: 'one app', found: 'kept' };
}

export const check: Check = {
  ...page,
  seeds: 20,
  judge: (run) => [...page.judge(run), oneAppForEachOrder(run)],
};
