// What stands in for native functions that Node has and the data center has not: each throws with its own name, so
// that nothing pretends to succeed. Names native classes too. Called by realm.ts for every binding.
import type { CompiledLibrary } from '../library.ts';
import type { Binding, BindingFactory } from '../realm.ts';
import { refusedError } from '../refused.ts';

/** A binding that Node has and we have nothing of: its constants, and members that refuse. */
export function refusedBinding(name: string, library: CompiledLibrary): BindingFactory | null {
  if (library.members(name) === undefined) return null;
  return () => structuredClone(library.data(name)) as Binding;
}

/** Gives every native function that we lack a stand-in that throws with its name, so nothing pretends. */
export function refuseMissing(name: string, binding: Binding, library: CompiledLibrary): void {
  const members = library.members(name) ?? [];
  for (const member of members) {
    if (member in binding) continue;
    binding[member] = function refused(): never {
      throw refusedError(`${name}.${member}()`);
    };
  }
  nameClasses(binding);
}

/** Classes go by the names that Node has for them, whatever bundling made of them. */
function nameClasses(binding: Binding): void {
  for (const name of Object.keys(binding)) {
    const { value } = Object.getOwnPropertyDescriptor(binding, name) as PropertyDescriptor;
    if (typeof value === 'function' && /^[A-Z]/.test(name) && !(value.name in binding))
      Object.defineProperty(value, 'name', { value: name, configurable: true });
  }
}
