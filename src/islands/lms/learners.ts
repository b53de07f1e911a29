// One browser, many learners: what is kept of the one who was here before is put away under a name of their own, and
// that of the one who is here now is fetched back. Knows a learner only as a number made of the platform's name for
// them. Where nothing can be put away, nothing is taken away. Called by player.ts.
import { openDatabase } from '../progress/database.ts';
import type { Progress } from '../progress/progress.ts';
import { keyOf, readRecord } from '../progress/records.ts';

const WHO = 'brownout:lms:learner';

/** True when someone else was here before. */
export async function changeLearner(progress: Progress, learner: string): Promise<boolean> {
  const now = digest(learner);
  const before = localStorage.getItem(WHO);
  if (before === now) return false;
  // Whoever used this browser before any platform did is taken to be the same person.
  if (before === null) {
    localStorage.setItem(WHO, now);
    return false;
  }
  await progress.settled();
  const away = await openDatabase(`brownout-learner-${before}`);
  const rows = progress.all().map((record) => [keyOf(record.kind, record.name), record] as const);
  await away.clear();
  await away.change([], () => ({ put: rows, aside: progress.asides }));
  const back = await openDatabase(`brownout-learner-${now}`);
  const { rows: found } = await back.readAll();
  await progress.clear();
  localStorage.setItem(WHO, now);
  await progress.take(
    found.flatMap(([, raw]) => readRecord(raw) ?? []),
    [],
  );
  return true;
}

/** 64 bits of FNV-1a, twice 32: enough to tell learners of one browser apart, too little to name them. */
export function digest(text: string): string {
  const half = (from: number): string => {
    let hash = from;
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193);
    return (hash >>> 0).toString(16).padStart(8, '0');
  };
  return half(0x811c9dc5) + half(0x2f0b4c47);
}
