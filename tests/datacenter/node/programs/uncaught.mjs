// An error that nobody catches: its place, its source line, its text and properties; code 1.
// Run by differential.test.ts.
process.on('exit', (code) => console.log('exit', code));
function deep() {
  throw Object.assign(new TypeError('nobody catches this'), { code: 'E_OWN', detail: { a: 1 } });
}

setTimeout(function later() {
  deep();
}, 1);
setTimeout(() => console.log('NEVER'), 50);
