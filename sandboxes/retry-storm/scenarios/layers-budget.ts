// The same three layers and the same failing server, each layer with the exercise's budget: retries are at most a tenth.
// Must show that layers still multiply, but 1.1 by 1.1 by 1.1.
import type { Scenario } from '../../_shared/check.ts';
import { between } from '../../_shared/reading.ts';
import { layered } from '../readings/layers.ts';

/** What each layer had saved at the start is long spent then. */
const FROM_S = 2;

export const scenario: Scenario = layered({
  name: 'layers-budget',
  title: 'The server fails; in each of three layers retries are at most a tenth of the requests.',
  solution: 'budget',
  fromS: FROM_S,
  rate: 40,
  untilMs: 17_000,
  shows: ({ mean }) => [between('attempts at the bottom for one at the top', mean, 1.28, 1.38)],
});
