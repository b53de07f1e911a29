// Scopes of async_hooks deeper than the library's own stack of them, and what is left after an error in one.
const { AsyncResource, executionAsyncId, triggerAsyncId } = require('node:async_hooks');

let right = 0;
function nest(depth) {
  const resource = new AsyncResource('Nested');
  const check = () => {
    if (resource.asyncId() === executionAsyncId() && resource.triggerAsyncId() === triggerAsyncId()) right++;
  };
  resource.runInAsyncScope(() => {
    check();
    if (depth > 0) nest(depth - 1);
    check();
  });
}
nest(100);
console.log(right, executionAsyncId(), triggerAsyncId());

process.once('uncaughtException', (error) => {
  console.log(error.message, executionAsyncId() > 0);
  setImmediate(() => console.log(executionAsyncId() > 0, right));
});
setTimeout(() => {
  new AsyncResource('Throws').runInAsyncScope(() => {
    throw new Error('in a scope');
  });
}, 1);
