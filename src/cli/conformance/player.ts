// The program of the process in which tests play: reads its orders, plays them, tells of each beginning and end.
// Started by apart.ts, and of no use without it.
import { type Played, type PoolOptions, playAll } from './pool.ts';
import type { TestFile } from './tests.ts';

export interface PlayerOrder {
  readonly files: readonly TestFile[];
  readonly options: PoolOptions;
}

/** `played` is missing where the test begins. */
export interface PlayerNote {
  readonly file: string;
  readonly played?: Played;
}

const tell = (note: PlayerNote): void => void process.send?.(note);

process.once('message', (order) => {
  const { files, options } = order as PlayerOrder;
  void playAll(files, options, {
    begun: ({ file }) => tell({ file }),
    told: ({ file }, played) => tell({ file, played }),
  }).then(() => process.disconnect());
});
