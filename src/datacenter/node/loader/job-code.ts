// Rewrites code so that the engine can run its promise jobs: async functions become generators that ../jobs.ts drives.
// Takes code that is compiled already, and Node's library. Line breaks stay as many as they are. Refuses `await using`.
// Called by compile.ts, for programs that their parent waits for.
import { type AnyNode, type Function as FunctionNode, parse } from 'acorn';
import { refusedError } from '../refused.ts';
import { type Reference, walk } from './scopes.ts';

/** What encloses a node, as far as its text depends on it. */
interface Around {
  /** The innermost function, where it was an async one. */
  readonly kind: 'none' | 'function' | 'generator';
  /** What the code takes from around the outermost async function, which is cut off from it now. */
  readonly uses: { arguments: boolean; super: boolean } | null;
}

const OUTSIDE: Around = { kind: 'none', uses: null };
const ARGUMENTS = '__jobArguments';
const SUPER = '__jobSuper';
const LIBRARY_JOBS = '__jobs';

/** The same for a module of Node's library, whose sixth parameter are the primordials, by whatever name. */
export function libraryWithJobs(source: string): string {
  const rewritten = withJobs(source, LIBRARY_JOBS);
  return rewritten.replace(
    /^(\(*function ?\((?:[\w$]+, ?){5}([\w$]+)[^)]*\) ?\{(?:"use strict";)?)/,
    (head, _, primordials) => `${head}const ${LIBRARY_JOBS}=${primordials}.jobs;`,
  );
}

/** `jobs` is an expression of what ../jobs.ts makes. */
export function withJobs(source: string, jobs: string): string {
  if (!/\basync\b|\bPromise\b/.test(source)) return source;
  const program = parse(source, {
    ecmaVersion: 'latest',
    sourceType: 'script',
    allowReturnOutsideFunction: true,
  });
  const promises = new Map<number, Reference>();
  walk(program, {
    reference: (reference, isTop) => {
      if (!isTop && reference.name === 'Promise') promises.set(reference.start, reference);
    },
  });
  return new Rewriter(source, jobs, promises).text(program, OUTSIDE);
}

class Rewriter {
  readonly #source: string;
  readonly #jobs: string;
  /** Where the code names the global class. */
  readonly #promises: ReadonlyMap<number, Reference>;

  constructor(source: string, jobs: string, promises: ReadonlyMap<number, Reference>) {
    this.#source = source;
    this.#promises = promises;
    this.#jobs = jobs;
  }

  text(node: AnyNode, around: Around): string {
    switch (node.type) {
      case 'FunctionDeclaration':
      case 'FunctionExpression':
        if (node.async) return `function ${node.id?.name ?? ''}${this.#function(node, around)}`;
        return this.#plain(node, OUTSIDE);
      case 'ArrowFunctionExpression':
        return node.async ? this.#arrow(node, around) : this.#plain(node, { ...around, kind: 'none' });
      case 'MethodDefinition':
      case 'Property':
        return this.#member(node, around);
      case 'PropertyDefinition':
      case 'StaticBlock':
        return this.#plain(node, { ...around, uses: null });
      case 'AwaitExpression':
        return this.#wait(this.text(node.argument as AnyNode, around), around);
      case 'YieldExpression':
        if (around.kind !== 'generator' || !node.delegate || node.argument == null)
          return this.#plain(node, around);
        return `(yield ${this.#jobs}.each((${this.text(node.argument as AnyNode, around)})))`;
      case 'ForOfStatement':
        return node.await ? this.#loop(node, around) : this.#plain(node, around);
      case 'VariableDeclaration':
        if (node.kind === 'await using')
          throw refusedError('spawnSync() with a child that needs await using');
        return this.#plain(node, around);
      default:
        return this.#outer(node, around);
    }
  }

  /** `arguments` and `super`, of which a function within a function knows nothing. */
  #outer(node: AnyNode, around: Around): string {
    const { uses } = around;
    if (node.type === 'Identifier' && node.name === 'Promise') return this.#promise(node);
    if (uses === null) return this.#plain(node, around);
    if (node.type === 'Identifier' && node.name === 'arguments') {
      uses.arguments = true;
      return ARGUMENTS;
    }
    if (node.type === 'MemberExpression' && node.object.type === 'Super') {
      uses.super = true;
      const key = node.property as AnyNode;
      return `${SUPER}(${node.computed ? this.text(key, around) : JSON.stringify(this.#source.slice(key.start, key.end))})`;
    }
    if (node.type !== 'CallExpression' || node.callee.type !== 'MemberExpression')
      return this.#plain(node, around);
    if (node.callee.object.type !== 'Super') return this.#plain(node, around);
    const given = node.arguments.map((each) => this.text(each as AnyNode, around));
    return `${this.text(node.callee as AnyNode, around)}.call(${['this', ...given].join(', ')})`;
  }

  #promise(node: AnyNode): string {
    const found = this.#promises.get(node.start);
    if (found === undefined) return 'Promise';
    return `${found.isShorthand ? 'Promise: ' : ''}${this.#jobs}.Promise`;
  }

  /** The text as it is, with that of what is inside. */
  #plain(node: AnyNode, around: Around): string {
    let text = '';
    let at = node.start;
    for (const child of childrenOf(node)) {
      if (child.start < at) continue;
      text += this.#source.slice(at, child.start) + this.text(child, around);
      at = child.end;
    }
    return text + this.#source.slice(at, node.end);
  }

  #wait(argument: string, around: Around): string {
    return around.kind === 'generator'
      ? `(yield ${this.#jobs}.awaits((${argument})))`
      : `(yield (${argument}))`;
  }

  /** From its parameters on; `given` is what the call was given. */
  #generator(node: FunctionNode, uses: Around['uses']): string {
    const inside: Around = { kind: node.generator ? 'generator' : 'function', uses };
    const parameters = node.params.map((each) => this.text(each, inside)).join(', ');
    const body = this.text(node.body as AnyNode, inside);
    const block = node.body.type === 'BlockStatement' ? body : `{return (${body})}`;
    const before = this.#breaks(node.start, node.body.start, parameters);
    return `function* (${parameters}) ${before}${block}${this.#breaks(node.body.end, node.end, '')}`;
  }

  /** An async function or method, from its parameters on. */
  #function(node: FunctionNode, _around: Around): string {
    const uses = { arguments: false, super: false };
    const inner = this.#generator(node, uses);
    const call = node.generator ? 'generate' : 'run';
    const given = namesFor(node);
    return `(${given.join(', ')}) {${headOf(uses)}return ${this.#jobs}.${call}(${inner}, this, arguments)}`;
  }

  #arrow(node: FunctionNode, around: Around): string {
    const uses = around.uses ?? { arguments: false, super: false };
    const inner = this.#generator(node, uses);
    const names = namesFor(node);
    const hasMore = names.length < node.params.length;
    const given = [...names, ...(hasMore ? ['...__jobGiven'] : [])].join(', ');
    const passed = `[${given}]`;
    const call = `${this.#jobs}.run(${inner}, this, ${passed})`;
    const head = around.uses === null ? headOf(uses) : '';
    return `(${given}) => ${head === '' ? call : `{${head}return ${call}}`}`;
  }

  #member(node: AnyNode, around: Around): string {
    if (node.type !== 'MethodDefinition' && node.type !== 'Property') return this.#plain(node, around);
    const value = node.value as AnyNode;
    const isMethod = node.type === 'MethodDefinition' || node.method;
    if (!isMethod || value.type !== 'FunctionExpression' || !value.async) return this.#plain(node, around);
    const before = this.#source.slice(node.start, node.key.start);
    const prefix = before.replace(/\basync\b/, '').replace('*', '');
    const key = this.text(node.key as AnyNode, around) + this.#source.slice(node.key.end, value.start);
    return `${prefix}${key}${this.#function(value, around)}`;
  }

  /** A loop that awaits: over a cursor, which is asked for the next value at the start of each round. */
  #loop(node: Extract<AnyNode, { type: 'ForOfStatement' }>, around: Around): string {
    const cursor = `__jobCursor${node.start}`;
    const left = this.text(node.left as AnyNode, around);
    const right = this.text(node.right as AnyNode, around);
    const body = this.text(node.body as AnyNode, around);
    const assigned = `${left} = ${cursor}.value`;
    const taken = node.left.type === 'VariableDeclaration' ? assigned : `(${assigned})`;
    const breaks = this.#breaks(node.start, node.body.start, left + right);
    const next = this.#wait(`${cursor}.next()`, around);
    return `for (const ${cursor} of ${this.#jobs}.cursor(${right})) {if (${cursor}.take(${next})) break; ${taken}; ${breaks}${body}}`;
  }

  /** Line breaks between two places that `kept` has not. */
  #breaks(start: number, end: number, kept: string): string {
    return '\n'.repeat(Math.max(0, breaksIn(this.#source.slice(start, end)) - breaksIn(kept)));
  }
}

const breaksIn = (text: string): number => text.split('\n').length - 1;

const headOf = (uses: { readonly arguments: boolean; readonly super: boolean }): string =>
  (uses.arguments ? `const ${ARGUMENTS} = arguments; ` : '') +
  (uses.super ? `const ${SUPER} = (key) => super[key]; ` : '');

/** Names for the parameters that a function's `length` counts. */
function namesFor(node: FunctionNode): string[] {
  const optional = node.params.findIndex(
    ({ type }) => type === 'AssignmentPattern' || type === 'RestElement',
  );
  return node.params.slice(0, optional < 0 ? node.params.length : optional).map((_, at) => `__job${at}`);
}

function childrenOf(node: AnyNode): AnyNode[] {
  const children: AnyNode[] = [];
  for (const [key, value] of Object.entries(node)) {
    if (key === 'type' || value === null || typeof value !== 'object') continue;
    for (const each of Array.isArray(value) ? value : [value]) {
      if (each !== null && typeof (each as { type?: unknown }).type === 'string')
        children.push(each as AnyNode);
    }
  }
  // Of a name and its default, which begin together, the whole.
  return children.sort((a, b) => a.start - b.start || b.end - a.end);
}
