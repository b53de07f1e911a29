// A property that is made when it is first read, and is plain from then on. Refuses nothing.
// Called by process-methods.ts and by bindings with constants that few programs ask for.

export function lazily(target: object, name: string, make: () => unknown): void {
  const settle = (value: unknown): unknown => {
    Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
    return value;
  };
  Object.defineProperty(target, name, {
    get: () => settle(make()),
    set: settle,
    enumerable: true,
    configurable: true,
  });
}
