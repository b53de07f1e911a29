// Takes from a thread's JavaScript what the host would decide by chance: when garbage is collected, and when a module
// of WebAssembly is compiled. Without it equal runs would differ, for Node's own library listens to both: an
// AbortSignal.timeout() whose signal is collected ends its timer early. Called once a thread by primordials.ts.

type Constructor = new (...parameters: unknown[]) => object;

/**
 * References hold what they refer to for as long as they live, and nobody hears of what was collected: both are
 * within what the language promises. `listens` leaves it to the host, for tests that collect by themselves.
 */
export function takeChance(listens: boolean): void {
  if (!listens) {
    const held = new WeakMap<object, unknown>();
    replace('WeakRef', (Host, parameters, newTarget) => {
      const reference = Reflect.construct(Host, parameters, newTarget) as object;
      held.set(reference, parameters[0]);
      return reference;
    });
    replace(
      'FinalizationRegistry',
      (Host, [callback], newTarget) =>
        Reflect.construct(
          Host,
          [typeof callback === 'function' ? () => undefined : callback],
          newTarget,
        ) as object,
    );
  }
  if (typeof WebAssembly === 'object') compileAtOnce();
  // Waits for time that is not the machine's; processes have one of their own.
  Reflect.deleteProperty(Atomics, 'waitAsync');
}

function replace(
  name: 'WeakRef' | 'FinalizationRegistry',
  construct: (Host: Constructor, parameters: unknown[], newTarget: Constructor) => object,
): void {
  const Host = globalThis[name] as unknown as Constructor;
  const Ours = new Proxy(Host, {
    construct: (target, parameters: unknown[], newTarget) =>
      construct(target, parameters, newTarget as Constructor),
  });
  const described = { value: Ours, writable: true, configurable: true };
  Object.defineProperty(globalThis, name, described);
  Object.defineProperty(Host.prototype, 'constructor', { ...described, writable: false });
}

/** The promises of WebAssembly, kept at once; those that stream from the host's network go. */
function compileAtOnce(): void {
  const { Module, Instance } = WebAssembly;
  const ours = {
    async compile(bytes: BufferSource) {
      return new Module(bytes);
    },
    async instantiate(source: BufferSource | WebAssembly.Module, imports?: WebAssembly.Imports) {
      if (source instanceof Module) return new Instance(source, imports);
      const module = new Module(source);
      return { module, instance: new Instance(module, imports) };
    },
  };
  Object.assign(WebAssembly, ours);
  for (const name of ['compileStreaming', 'instantiateStreaming']) Reflect.deleteProperty(WebAssembly, name);
}
