// What jobs.ts starts: hashes as many rounds as it is told and sends back the result, or, as `pipe`, copies its
// input to its output with the lines numbered. A SIGTERM is said and obeyed; a few crash by chance.
import { createHash } from 'node:crypto';
import { createInterface } from 'node:readline';
import { label } from './words.ts';

if (process.argv[2] === 'pipe') {
  let line = 0;
  for await (const text of createInterface({ input: process.stdin }))
    process.stdout.write(`${++line} ${text}\n`);
} else {
  process.on('SIGTERM', () => {
    process.send?.('asked to go');
    process.exit(15);
  });
  process.on('message', ({ rounds }: { rounds: number }) => {
    let digest = process.env['OWN'] ?? '';
    for (let round = 0; round < rounds; round++) digest = createHash('sha256').update(digest).digest('hex');
    const busyUntil = performance.now() + 20 * Math.random();
    while (performance.now() < busyUntil);
    console.log(digest.repeat(3));
    if (Math.random() < 0.1) throw new Error('a job fails by chance');
    process.send?.({ label, rounds, digest: digest.slice(0, 10) }, () => process.disconnect());
  });
}
