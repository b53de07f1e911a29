// The environment of a process, as `process.env`: an object whose values are always text, as the system's are.
// Refuses what Node refuses: symbols, accessors, hidden or fixed variables. Called by process-object.ts.
import type { Callable, Realm } from './realm.ts';

const DEPRECATION =
  'Assigning any value other than a string, number, or boolean to a process.env property is deprecated. ' +
  'Please make sure to convert the value to a string before setting process.env with it.';

/** Flags by the variables that stand for them. */
const FLAG_VARIABLES: Readonly<Record<string, string>> = {
  NODE_PENDING_DEPRECATION: '--pending-deprecation',
  NODE_PRESERVE_SYMLINKS: '--preserve-symlinks',
};

/** The flags that Node takes from the environment; those of the command line come after them. */
export function environmentFlags(environment: Readonly<Record<string, string>>): string[] {
  const flags = (environment['NODE_OPTIONS'] ?? '').split(' ').filter(Boolean);
  for (const [name, flag] of Object.entries(FLAG_VARIABLES)) if (environment[name] === '1') flags.push(flag);
  const warnings = environment['NODE_REDIRECT_WARNINGS'];
  if (warnings !== undefined && warnings !== '') flags.push(`--redirect-warnings=${warnings}`);
  return flags;
}

function textOf(value: unknown): string {
  if (typeof value === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
  return String(value);
}

function refuseSymbol(key: PropertyKey): asserts key is string {
  if (typeof key === 'symbol') throw new TypeError('Cannot convert a Symbol value to a string');
}

function invalidDefinition(words: string): TypeError {
  const error = new TypeError(`'process.env' ${words}`);
  return Object.assign(error, { code: 'ERR_INVALID_OBJECT_DEFINE_PROPERTY' });
}

export function environmentOf(realm: Realm): Record<string, string> {
  let isWarned = !realm.options.flags
    .concat(environmentFlags(realm.options.environment))
    .includes('--pending-deprecation');
  const warn = (value: unknown): void => {
    if (isWarned || ['string', 'number', 'boolean'].includes(typeof value)) return;
    isWarned = true;
    (realm.processObject['emitWarning'] as Callable)(DEPRECATION, 'DeprecationWarning', 'DEP0104');
  };
  return new Proxy(
    { ...realm.options.environment },
    {
      set(target, key, value): boolean {
        refuseSymbol(key);
        warn(value);
        const text = textOf(value);
        // The system knows no variable without a name.
        if (key !== '') Object.defineProperty(target, key, plain(text));
        return true;
      },
      defineProperty(target, key, descriptor): boolean {
        refuseSymbol(key);
        if ('get' in descriptor || 'set' in descriptor)
          throw invalidDefinition('does not accept an accessor(getter/setter) descriptor');
        if (!('value' in descriptor) || !isOpen(descriptor))
          throw invalidDefinition('only accepts a configurable, writable, and enumerable data descriptor');
        return Reflect.defineProperty(target, key, plain(textOf(descriptor.value)));
      },
    },
  );
}

const isOpen = ({ configurable, writable, enumerable }: PropertyDescriptor): boolean =>
  configurable === true && writable === true && enumerable === true;

const plain = (value: string): PropertyDescriptor => ({
  value,
  writable: true,
  enumerable: true,
  configurable: true,
});
