// The class of an object whose prototype is taken away: after that JavaScript cannot tell it, while V8, and so inspect()
// on Node, can. So it is noted when it is taken away; of derived classes V8 does not know it either. Called once a thread by primordials.ts, and by the util binding.
import { proxyDetailsOf } from './bindings/proxies.ts';

type Setter = (this: unknown, ...parameters: unknown[]) => unknown;

const names = new WeakMap<object, string>();

/** Undefined where nothing was noted. */
export const notedClass = (object: object): string | undefined => names.get(object);

function note(object: unknown, prototype: unknown): void {
  if (prototype !== null || typeof object !== 'object' || object === null || isProxy(object)) return;
  const from = Object.getPrototypeOf(object) as object | null;
  if (from === null || isProxy(from)) return;
  const made = Object.getOwnPropertyDescriptor(from, 'constructor')?.value as unknown;
  if (typeof made !== 'function' || isProxy(made) || made.prototype !== from) return;
  if (made.name !== '' && Object.getPrototypeOf(made) === Function.prototype) names.set(object, made.name);
}

const isProxy = (value: unknown): boolean => proxyDetailsOf(value) !== undefined;

/** Has it noted by all that changes prototypes. */
export function noteClasses(): void {
  const noting = (host: Setter, isMethod: boolean): Setter =>
    new Proxy(host, {
      apply: (_host, self, parameters: unknown[]) => {
        if (isMethod) note(parameters[0], parameters[1]);
        else note(self, parameters[0]);
        return Reflect.apply(host, self, parameters);
      },
    });
  for (const holder of [Object, Reflect]) {
    const value = noting(holder.setPrototypeOf as Setter, true);
    Object.defineProperty(holder, 'setPrototypeOf', { value, writable: true, configurable: true });
  }
  const accessor = Object.getOwnPropertyDescriptor(Object.prototype, '__proto__');
  if (accessor?.set === undefined) return;
  const set = noting(accessor.set, false);
  Object.defineProperty(Object.prototype, '__proto__', { ...accessor, set });
}
