// `npm run figures -- conformance FILE` and `npm run figures -- bench FILE`: condenses what `brownout conformance --json`
// or `brownout bench --json` printed into content/engine/, for the engine's page. Writes no dates and no reasons: the
// same result is the same file. `npm run browsers -- 100 --save` writes its own.
import { readFileSync, writeFileSync } from 'node:fs';
import { z } from 'zod';
import { type FigureName, figureFile, figureSchemas } from '../src/build/engine-figures.ts';

const count = z.number();
const conformance = z.object({
  applicable: count,
  passed: count,
  modules: z.record(z.string(), z.object({ applicable: count, passed: count })),
});

const bench = z.record(z.string(), z.unknown());
/** Keys of the bench's JSON, with what each says, in the order of the page. */
const BENCH: readonly (readonly [name: string, says: string, unit: string])[] = [
  ['throughputRatio', 'balanced requests a wall second, beside the same files as real Node processes', '×'],
  ['bootRatio', 'time until the servers of 5 machines listen, beside forking the same processes', '×'],
  ['coldBootMs', 'from a click on Run to the first answer, in a Chromium that was just started', 'ms'],
  ['boot100Ms', 'time until the servers of 100 machines listen', 'ms'],
  ['scaleRatio', 'trace events a wall second with 100 machines, beside 5', '×'],
  ['mbPerMachine', 'memory of each machine beyond five', 'MB'],
  ['fastForwardX', 'virtual time over wall time, at 100 requests a second', '×'],
];

const condense: Readonly<Record<Exclude<FigureName, 'browsers'>, (json: unknown) => unknown>> = {
  conformance(json) {
    const { applicable, passed, modules } = conformance.parse(json);
    const names = Object.keys(modules).sort();
    return {
      ...{ node: process.version, half: 'even', applicable, passed },
      modules: names.map((name) => ({ name, applicable: 0, passed: 0, ...modules[name] })),
    };
  },
  bench(json) {
    const figures = bench.parse(json);
    const { computer } = z.object({ computer: z.string() }).parse(figures['more']);
    return {
      node: process.version,
      computer,
      figures: BENCH.flatMap(([name, says, unit]) => {
        const value = figures[name];
        return typeof value === 'number' ? [{ name, says, value, unit }] : [];
      }),
    };
  },
};

function main([name = '', file]: readonly string[]): void {
  if (!Object.hasOwn(condense, name) || file === undefined) {
    const names = Object.keys(condense).join(' or ');
    throw new Error(
      `expected ${names} and a FILE of JSON, found '${name}': npm run figures -- conformance out.json`,
    );
  }
  const known = name as keyof typeof condense;
  const figures = figureSchemas[known].parse(condense[known](JSON.parse(readFileSync(file, 'utf8'))));
  writeFileSync(figureFile(known), `${JSON.stringify(figures, null, 2)}\n`);
  console.log(`wrote ${figureFile(known)}`);
}

if (import.meta.main) main(process.argv.slice(2));
