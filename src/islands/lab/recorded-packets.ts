// The packets of the run on show up to now, as a pcapng file: the same run played once more beside it, with a recorder
// on. Rejects with RunProblem where the runtime cannot record; real processes are left alone, since nothing of them
// could be played again. Called by share.tsx.
import { RunProblem } from '../../runtime/runtime.ts';
import type { LabSession } from './session.ts';

/** Pauses the run. */
export async function packetsOf(session: LabSession): Promise<Uint8Array<ArrayBuffer>> {
  session.pause();
  await session.settled();
  const { nowNs } = session.model;
  const actions = session.recorded.filter((action) => action.atNs <= nowNs);
  if (session.spec === null || session.isReal) throw new RunProblem(NOT_HERE);
  const { run } = await session.runtime.boot({ ...session.spec, actions, capture: {} });
  try {
    await run.advanceTo(nowNs);
    if (run.capture === undefined) throw new RunProblem(NOT_HERE);
    return new Uint8Array(await run.capture());
  } finally {
    run.stop();
  }
}

const NOT_HERE = {
  expected: 'a run of the data center, which records packets',
  found: 'none',
  fix: 'Run it in the data center.',
};
