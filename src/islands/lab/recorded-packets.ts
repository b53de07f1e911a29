// The packets of a run up to a moment, as a pcapng file: the same run played once more, beside the one on show, with a
// recorder on. Rejects with RunProblem where the runtime cannot record. Called by session.ts.
import { RunProblem, type RunSpec, type Runtime } from '../../runtime/runtime.ts';

export async function recordedPackets(
  runtime: Runtime,
  spec: RunSpec,
  untilNs: number,
): Promise<Uint8Array<ArrayBuffer>> {
  const { run } = await runtime.boot({ ...spec, capture: {} });
  try {
    await run.advanceTo(untilNs);
    if (run.capture === undefined)
      throw new RunProblem({
        expected: 'a runtime that records packets',
        found: 'one that does not',
        fix: 'Run it in the data center.',
      });
    return new Uint8Array(await run.capture());
  } finally {
    run.stop();
  }
}
