// Clients, front and back each try four times; the server behind them fails every time.
// Must show the product: each request at the top is 4 × 4 × 4 requests at the bottom.
import type { Scenario } from '../../_shared/check.ts';
import { between } from '../../_shared/reading.ts';
import { ATTEMPTS, LAYERS, layered } from '../readings/layers.ts';

const PRODUCT = ATTEMPTS ** LAYERS;

export const scenario: Scenario = layered({
  name: 'layers',
  title: 'The server fails; clients and two layers each try four times.',
  untilMs: 6000,
  shows: ({ requests, least, most }) => [
    between('requests at the top', requests, 4, 30),
    between('attempts at the bottom for one, at least', least, PRODUCT, PRODUCT),
    between('attempts at the bottom for one, at most', most, PRODUCT, PRODUCT),
  ],
});
