// The `Proxy` that programs get: JavaScript's own, and its target and handler kept in mind, for inspect() and
// util.types.isProxy(), which in Node ask V8. Proxies that others made are not known. Called by globals.ts, types.ts
// and util.ts.

type Details = readonly [target: unknown, handler: unknown];

const details = new WeakMap<object, Details>();
const HostProxy = Proxy;
const REVOKED: Details = [null, null];

export const proxyDetailsOf = (value: unknown): Details | undefined =>
  (typeof value === 'object' && value !== null) || typeof value === 'function'
    ? details.get(value)
    : undefined;

function construct(target: object, handler: ProxyHandler<object>): object {
  if (new.target === undefined) throw new TypeError("Constructor Proxy requires 'new'");
  const proxy = new HostProxy(target, handler);
  details.set(proxy, [target, handler]);
  return proxy;
}

function revocable(target: object, handler: ProxyHandler<object>): { proxy: object; revoke: () => void } {
  const { proxy, revoke } = HostProxy.revocable(target, handler);
  details.set(proxy, [target, handler]);
  return {
    proxy,
    revoke: () => {
      details.set(proxy, REVOKED);
      revoke();
    },
  };
}

/** Bound, for JavaScript's own has no `prototype` either. */
export const ProgramProxy: unknown = Object.defineProperties(construct.bind(undefined), {
  name: { value: 'Proxy', configurable: true },
  revocable: { value: revocable, writable: true, configurable: true },
});
