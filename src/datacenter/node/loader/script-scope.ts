// What the names of a script of node:vm mean: the context's `let`, `const` and classes first, then its global object,
// and nothing of the host's. A `with` over the proxy gives them their meaning, in strict code too, for the strict code is
// evaluated inside of it. Refuses nothing. Called by scripts.ts, one for each context.
import { notDefined } from './module-errors.ts';
import { EXTENSIONS, FILE, GUARD, MODULE, SCOPE, SINK } from './names.ts';

type Names = Record<string | symbol, unknown>;

interface Lexical {
  readonly get: () => unknown;
  /** Undefined for a constant. */
  readonly set: ((value: unknown) => void) | undefined;
}

const OURS = new Set<string | symbol>([EXTENSIONS, FILE, GUARD, MODULE, SCOPE, SINK]);

export class ScriptScope {
  /** The `this` of scripts. */
  readonly global: Names;
  /** What code reads and writes names on. */
  readonly names: Names;
  readonly #lexicals = new Map<string | symbol, Lexical>();
  /** Names that scripts declared as variables and functions: code cannot delete them. */
  readonly #declared = new Set<string | symbol>();
  /** The name after `typeof`. */
  #mayMiss: string | symbol | null = null;
  #isOpening = false;

  constructor(global: Names) {
    this.global = global;
    const read = (_target: object, name: string | symbol): unknown => {
      if (name === Symbol.unscopables) return undefined;
      const lexical = this.#lexicals.get(name);
      if (lexical !== undefined) return lexical.get();
      if (name in global) return global[name];
      if (this.#mayMiss !== name) throw notDefined(String(name), read);
      this.#mayMiss = null;
      return undefined;
    };
    this.names = new Proxy<Names>(
      {},
      {
        has: (_target, name) => !OURS.has(name) && !(this.#isOpening && name === 'eval'),
        get: read,
        set: (_target, name, value) => {
          const lexical = this.#lexicals.get(name);
          if (lexical === undefined) return Reflect.set(global, name, value) || true;
          setLexical(lexical, value);
          return true;
        },
        deleteProperty: (_target, name) =>
          !this.#lexicals.has(name) && !this.#declared.has(name) && Reflect.deleteProperty(global, name),
      },
    );
  }

  /** The value that a script has given a name by `let`, `const` or `class`. */
  lexical(name: string): Lexical | undefined {
    return this.#lexicals.get(name);
  }

  /** Before a script runs: what it declares must be free. */
  declare(variables: readonly string[], lexicals: readonly string[]): void {
    const taken = [...variables, ...lexicals].find((name) => this.#lexicals.has(name));
    if (taken !== undefined) throw new SyntaxError(`Identifier '${taken}' has already been declared`);
    for (const name of variables) this.#declared.add(name);
  }

  /** What a script's code calls. */
  #link() {
    const host: unknown = globalThis;
    const { global, names } = this;
    return {
      scope: names,
      self: (receiver: unknown) => (receiver === host ? global : receiver),
      mayMiss: (name: string) => {
        this.#mayMiss = name;
      },
      variable: (name: string) => {
        if (!(name in global)) global[name] = undefined;
      },
      function: (name: string, made: unknown) => {
        global[name] = made;
      },
      lexical: (name: string, get: Lexical['get'], set?: Lexical['set']) => {
        this.#lexicals.set(name, { get, set });
      },
      writable: (name: string) => this.writable(name),
    };
  }

  /** Where strict code sets a name that must be there. */
  writable(name: string): Names {
    if (this.#lexicals.has(name)) return this.names;
    const { global } = this;
    if (!(name in global)) throw notDefined(name, this.writable);
    const found = Reflect.getOwnPropertyDescriptor(global, name);
    if (found?.writable === false)
      throw new TypeError(`Cannot assign to read only property '${name}' of object '[object Object]'`);
    return global;
  }

  /** Evaluates code in this scope, with further objects before the global one; gives the last statement's value. */
  evaluate(code: string, extensions: readonly object[], link: object, guard: unknown, file: string): unknown {
    const heads = extensions.map((_each, index) => `with (${EXTENSIONS}[${index}])`).join(' ');
    // biome-ignore lint/security/noGlobalEval: running programs is what the data center is for.
    const evaluate = globalThis.eval;
    // Only a direct eval gives that value. It is found past the scope: a program may have put its own there.
    const open = evaluate(
      `(function (${SCOPE}, ${EXTENSIONS}) { with (${SCOPE}) ${heads} { return function (${MODULE}, ${GUARD}, ${FILE}) { return eval(${MODULE}.code()); }; } })`,
    ) as (names: object, extensions: readonly object[]) => (...given: unknown[]) => unknown;
    const text = (): string => {
      this.#isOpening = false;
      return code;
    };
    const run = open(this.names, extensions);
    this.#isOpening = true;
    return run.call(this.global, { ...link, ...this.#link(), code: text }, guard, file);
  }
}

function setLexical(lexical: Lexical, value: unknown): void {
  if (lexical.set === undefined) throw new TypeError('Assignment to constant variable.');
  lexical.set(value);
}
