// `npm run check:exercises [SANDBOX/EXERCISE …]`: lets each exercise prove itself (start fails, solution passes, each
// mistake earns its feedback) and prints what every program earned and took. Exit code 1 where one does not.
// Needs .generated/ and makes it where it is missing. Run by people who write exercises.

import { sandboxTexts } from '../src/build/sandbox-texts.ts';
import { exercisesIn, proveExercise } from '../src/cli/exercise-proof.ts';
import { proveHidden } from '../src/cli/hidden-proof.ts';
import { prepareEngine } from '../src/cli/prepare.ts';

const texts = await sandboxTexts();
const there = exercisesIn(texts);
const asked = process.argv.slice(2);
const unknown = asked.find((name) => !there.includes(name));
if (unknown !== undefined) {
  process.stderr.write(`expected exercises (${there.join(', ')}), found '${unknown}': correct the name\n`);
  process.exit(2);
}
prepareEngine();
let wrong = 0;
for (const name of asked.length === 0 ? there : asked) {
  const began = process.cpuUsage();
  const { programs, complaints } = await proveExercise(texts, name);
  process.stdout.write(`${name}\n`);
  for (const { program, result, wallMs } of programs) {
    const { passed, total, firstFailure } = result;
    const earned = firstFailure === undefined ? 'kept' : (firstFailure.finding.feedback ?? 'no feedback');
    const first = firstFailure === undefined ? '' : ` at seed ${firstFailure.seed}`;
    const took = `${(wallMs / 1000).toFixed(1)} s`;
    process.stdout.write(
      `  ${program.padEnd(26)}${`${passed} of ${total}`.padEnd(12)}${took.padStart(8)}  ${earned}${first}\n`,
    );
  }
  const hidden = await proveHidden(texts, name);
  const { user, system } = process.cpuUsage(began);
  process.stdout.write(`  ${((user + system) / 1e6).toFixed(1)} s of CPU\n`);
  for (const { expected, found, fix } of [...complaints, ...hidden])
    process.stdout.write(`  expected ${expected}, found ${found}: ${fix}\n`);
  wrong += complaints.length + hidden.length;
}
process.stdout.write(wrong === 0 ? 'Every exercise proves itself.\n' : `${wrong} complaints.\n`);
process.exitCode = wrong === 0 ? 0 : 1;
