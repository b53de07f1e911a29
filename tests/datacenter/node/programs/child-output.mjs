// Children whose output is bytes, or more than a pipe holds: it comes through whole, and waits to be read.
// The child that writes much cannot end before its parent reads.
import { spawn } from 'node:child_process';

if (process.argv[2] === 'bytes') {
  process.stdout.write(Buffer.from([0, 255, 128, 10, 195, 40, 254]));
} else if (process.argv[2] === 'much') {
  for (let i = 0; i < 40; i++) process.stdout.write('x'.repeat(10_000));
  process.stderr.write('written');
} else {
  const child = (how) => spawn(process.execPath, [process.argv[1], how]);
  const gathered = (stream) =>
    new Promise((resolve) => {
      const chunks = [];
      stream.on('data', (chunk) => chunks.push(chunk)).on('end', () => resolve(Buffer.concat(chunks)));
    });
  console.log((await gathered(child('bytes').stdout)).toString('hex'));
  const much = child('much');
  let isWritten = false;
  much.stderr.on('data', () => {
    isWritten = true;
  });
  // It cannot end before what it writes is read.
  await new Promise((resolve) => setTimeout(resolve, 700));
  console.log('before reading', isWritten, much.exitCode);
  const all = await gathered(much.stdout);
  console.log(
    'after',
    all.length,
    all.every((byte) => byte === 120),
  );
  await new Promise((resolve) => setTimeout(resolve, 300));
  console.log(isWritten, much.exitCode);
}
