// uncaughtException, its monitor and capture callback; unhandledRejection and rejectionHandled; going on after all.
// Run by differential.test.ts.
const say = (...words) => console.log(...words);
process.on('uncaughtExceptionMonitor', (error, origin) => say('monitor', error.message, origin));
process.on('uncaughtException', (error, origin) => say('uncaught', error.message, origin));
process.on('unhandledRejection', (reason, promise) =>
  say('unhandled', String(reason), promise instanceof Promise),
);
process.on('rejectionHandled', (promise) => say('handled late', promise instanceof Promise));
setTimeout(() => {
  throw new Error('in a timer');
}, 1);
const late = Promise.reject(new Error('handled late'));
setTimeout(() => late.catch((error) => say('caught', error.message)), 5);
await new Promise((resolve) => setTimeout(resolve, 10));
Promise.reject('a string');
Promise.reject(undefined);
(async () => {
  await null;
  throw new RangeError('from async');
})();
new Promise((_, reject) => reject(new Error('handled in time'))).catch(() => {});
await new Promise((resolve) => setTimeout(resolve, 10));
process.setUncaughtExceptionCaptureCallback((error) => say('captured', error.message));
say(process.hasUncaughtExceptionCaptureCallback());
setTimeout(() => {
  throw new Error('to the callback');
}, 1);
await new Promise((resolve) => setTimeout(resolve, 5));
process.setUncaughtExceptionCaptureCallback(null);
process.exitCode = 5;
process.emit('uncaughtException', new Error('emitted by hand'), 'origin');
