// process.exit() in the middle: nothing after it runs, listeners of `exit` do, and their code wins.
// Run by differential.test.ts.
process.on('exit', (code) => {
  console.log('exit', code);
  process.exit(4);
});
setTimeout(() => console.log('NEVER'), 1);
process.nextTick(() => console.log('NEVER'));
try {
  process.exit(3);
} finally {
  console.log('NEVER in finally');
}
