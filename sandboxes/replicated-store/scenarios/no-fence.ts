// The same cut, and replicas that obey whoever speaks to them, whatever epoch they have promised.
// Must show that the mended cut mends nothing: both go on as primaries, and each overwrites the other's log.
import { between } from '../../_shared/reading.ts';
import { lastAudit } from '../../_shared/replication.ts';
import { primariesAtEnd, split } from './split-brain.ts';

const off = { FENCING: 'off' };

export const scenario = split(
  'no-fence',
  'The same cut, with stores that obey a primary of any epoch.',
  'async',
  { store1: off, store2: off, store3: off },
  (run) => [
    between('acknowledged and gone', lastAudit(run).lost, 60, 500),
    between('primaries at the end', primariesAtEnd(run), 2, 2),
  ],
);
