// The same cut in quorum mode: the old primary finds no majority.
// Must show that it acknowledges nothing, so that nothing is gone when the cut is mended.
import { between } from '../../_shared/reading.ts';
import { lastAudit } from '../../_shared/replication.ts';
import { primariesAtEnd, split } from './split-brain.ts';

export const scenario = split(
  'split-quorum',
  'The primary is cut off from all but its clients for 2.5 seconds, and needs a majority.',
  'quorum',
  undefined,
  (run) => [
    between('acknowledged and gone', lastAudit(run).lost, 0, 0),
    between('acknowledged', lastAudit(run).acknowledged, 250, 600),
    between('primaries at the end', primariesAtEnd(run), 1, 1),
  ],
);
