// A rejection that nobody handles ends the process with code 1 and says so.
// Run by differential.test.ts.
process.on('exit', (code) => console.log('exit', code));
setTimeout(() => console.log('NEVER'), 50);
await new Promise((resolve) => setTimeout(resolve, 1));
(async function broken() {
  await null;
  throw new Error('nobody awaits this');
})();
