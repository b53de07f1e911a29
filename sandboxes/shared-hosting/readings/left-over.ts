// What a run's own requests leave to the busy site: the formula of `fair-share` with the pages that were asked for in this
// very run instead of those of the mean. Pages differ by luck, and so do runs; how far a run is from this is no luck.
// Pure. Used by experiments/.
import type { Run } from '../../_shared/check.ts';
import { dueBetween, samplesOf } from '../../_shared/reading.ts';
import { FROM_MS, TO_MS } from '../scenarios/noisy-fifo.ts';

const PAGE_MS = 10;

/** CPU time of a page, as server.ts has it. */
function workMs(page: number): number {
  return PAGE_MS * (page % 5 === 0 ? 3 : 0.5);
}

/** Of the busy site's requests, those for which the neighbors leave time, in percent: no time is lost, and none stays over. */
export function leftOverPercent(run: Run): number {
  const asked = new Map<number, { readonly page: number; readonly busy: boolean }>();
  for (const event of run.events) {
    if (event.kind !== 'publish' || event.channel !== 'brownout:asked') continue;
    const { id, page, busy } = event.value as { id: number; page: number; busy: boolean };
    asked.set(id, { page, busy });
  }
  const due = dueBetween(samplesOf(run), FROM_MS, TO_MS).flatMap(({ id, ok }) => {
    const about = asked.get(id);
    return about === undefined ? [] : [{ ok, busy: about.busy, workMs: workMs(about.page) }];
  });
  const busy = due.filter((one) => one.busy);
  const answered = busy.filter(({ ok }) => ok);
  const workOf = (some: readonly { readonly workMs: number }[]) =>
    some.reduce((sum, one) => sum + one.workMs, 0);
  const leftMs = TO_MS - FROM_MS - workOf(due.filter((one) => !one.busy));
  return (100 * leftMs) / (workOf(answered) / answered.length) / busy.length;
}
