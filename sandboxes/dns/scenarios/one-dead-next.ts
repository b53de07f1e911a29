// The same death, and clients that try the next address when one fails.
// Must show that nobody is lost, though a quarter of the visits still knock at the dead machine first.
import type { Scenario } from '../../_shared/check.ts';
import { oneDead } from './one-dead.ts';

export const scenario: Scenario = oneDead(
  'one-dead-next',
  'The same with clients that try the next address.',
  true,
  { least: 0, most: 0 },
);
