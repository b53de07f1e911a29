// A top-level await that nothing will ever settle: code 13, and a warning with its line.
// Run by differential.test.ts.
console.log('before');
process.on('exit', (code) => console.log('exit', code));
await new Promise(() => {});
console.log('NEVER');
