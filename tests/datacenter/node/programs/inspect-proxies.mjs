// Proxies that a program makes, as inspect() and util.types see them.
// Run on Node and in the data center by differential.test.ts.
import { inspect, types } from 'node:util';

const target = { a: 1, nested: { b: [2] } };
const proxy = new Proxy(target, { get: () => 'trapped' });
console.log(proxy, inspect(proxy, { showProxy: true }));
console.log(types.isProxy(proxy), types.isProxy(target), types.isProxy(null));
console.log(inspect(new Proxy(function named() {}, {}), { showProxy: 1 }));

const { proxy: gone, revoke } = Proxy.revocable({}, {});
console.log(types.isProxy(gone), inspect(gone, { showProxy: true }));
revoke();
console.log(inspect(gone), inspect(gone, { showProxy: true }));
console.log(Proxy.name, Proxy.length, 'prototype' in Proxy);
try {
  Reflect.apply(Proxy, undefined, [{}, {}]);
} catch (error) {
  console.log(error.message);
}
