// Turns a program's file into text of a function: types stripped, imports and exports made calls, and a guard
// in every loop and function, so that code that never yields can be stopped with its line. Lines stay where
// they are. Refuses what Node's own type stripping refuses. Loaded apart from the engine, when files change.
import { type AnyNode, type Options, parse } from 'acorn';
import { transform } from 'sucrase';
import type { Complaint } from '../../contract.ts';
import { keepAwaited } from './awaits.ts';
import { compileScript } from './compile-script.ts';
import type { CompiledModule } from './compiled.ts';
import { Edits } from './edits.ts';
import { notErasable } from './erasable.ts';
import { free } from './free.ts';
import { guard } from './guards.ts';
import { libraryWithJobs, withJobs } from './job-code.ts';
import { linkage } from './linkage.ts';
import { FILE, GUARD, MODULE } from './names.ts';
import { type Reference, walk } from './scopes.ts';

const COMMONJS_PARAMETERS = 'exports, require, module, __filename, __dirname';
const COMMONJS_NAMES = new Set([...COMMONJS_PARAMETERS.split(', '), 'arguments']);

const OPTIONS: Options = {
  ecmaVersion: 'latest',
  allowHashBang: true,
  locations: true,
};

interface SyntaxProblem {
  readonly message: string;
  readonly loc?: { readonly line: number; readonly column: number };
}

export function compile(source: string, path: string): CompiledModule | Complaint {
  if (path.startsWith('jobs:')) return jobsModule(source, path);
  const isTyped = /^(?!script:).*\.[mc]?ts$/.test(path);
  const refused = isTyped ? notErasable(source, path) : null;
  if (refused !== null) return refused;
  try {
    const plain = isTyped ? stripTypes(source) : source;
    if (path.startsWith('script:')) return compileScript(plain);
    if (path.endsWith('.json')) return jsonModule(plain);
    return parsed(plain, path);
  } catch (problem) {
    return complaintOf(problem as SyntaxProblem, path);
  }
}

/** Code of the library, a program or a script again, for a program that its parent waits for. */
function jobsModule(source: string, path: string): CompiledModule | Complaint {
  const isLibrary = path.startsWith('jobs:node:');
  try {
    const code = isLibrary ? libraryWithJobs(source) : withJobs(source, `${GUARD}.jobs`);
    return { kind: 'script', code, requests: [], globals: [], isAsync: false };
  } catch (problem) {
    return complaintOf(problem as SyntaxProblem, path.slice('jobs:'.length));
  }
}

function stripTypes(source: string): string {
  return transform(source, { transforms: ['typescript'], disableESTransforms: true, keepUnusedImports: true })
    .code;
}

function complaintOf(problem: SyntaxProblem, path: string): Complaint {
  const found = problem.message.replace(/^Error transforming [^:]*: /, '').replace(/ ?\(\d+:\d+\)$/, '');
  const at = problem.loc;
  return {
    expected: 'JavaScript, or TypeScript whose types can be erased',
    found: `a syntax error: ${found}`,
    fix: at === undefined ? 'mend the file' : `mend line ${at.line}, or what stands just before it`,
    file: path,
    ...(at === undefined ? {} : { line: at.line, column: at.column + 1 }),
  };
}

/** Endings say the kind; `.js` and `.ts` are CommonJS if they parse as that, else modules, as Node finds out. */
function parsed(source: string, path: string): CompiledModule {
  if (/\.m[jt]s$/.test(path)) return compileModule(source);
  if (/\.c[jt]s$/.test(path)) return compileCommonJs(source);
  try {
    return compileCommonJs(source);
  } catch (problem) {
    try {
      return compileModule(source);
    } catch {
      throw problem;
    }
  }
}

function jsonModule(text: string): CompiledModule {
  JSON.parse(text);
  const code = `(function (${COMMONJS_PARAMETERS}) {module.exports = ${text}\n})`;
  return { kind: 'commonjs', code, requests: [], globals: [], isAsync: false };
}

function compileCommonJs(source: string): CompiledModule {
  const body = source.replace(/^#!/, '//');
  const program = parse(body, { ...OPTIONS, sourceType: 'script', allowReturnOutsideFunction: true });
  const edits = new Edits(body);
  const globals = new Set<string>();
  walk(program, {
    enter: (node, ancestors) => {
      guard(node, ancestors.at(-1), edits);
      keepAwaited(node, GUARD, edits);
      dynamicImport(node, edits);
    },
    reference: (reference, isTop) => {
      if (!isTop && !COMMONJS_NAMES.has(reference.name)) free(reference, globals, edits);
    },
  });
  const code = `(function (${COMMONJS_PARAMETERS}, ${MODULE}, ${GUARD}, ${FILE}${parameters(globals)}) {${edits.apply()}\n})`;
  return { kind: 'commonjs', code, requests: [], globals: [...globals], isAsync: false };
}

function compileModule(source: string): CompiledModule {
  const body = source.replace(/^#!/, '//');
  const program = parse(body, { ...OPTIONS, sourceType: 'module', allowAwaitOutsideFunction: true });
  const edits = new Edits(body);
  const links = linkage(program, edits, body);
  const globals = new Set<string>();
  let isAsync = false;
  walk(program, {
    enter: (node, ancestors) => {
      guard(node, ancestors.at(-1), edits);
      keepAwaited(node, GUARD, edits);
      dynamicImport(node, edits);
      if (node.type === 'MetaProperty' && node.meta.name === 'import')
        edits.replace(node.start, node.end, `${MODULE}.meta`);
      const awaits =
        node.type === 'AwaitExpression' ||
        (node.type === 'ForOfStatement' && node.await) ||
        (node.type === 'VariableDeclaration' && node.kind === 'await using');
      if (awaits && !ancestors.some((ancestor) => /Function/.test(ancestor.type))) isAsync = true;
    },
    reference: (reference, isTop) => {
      const target = links.imported.get(reference.name);
      if (target !== undefined) pointTo(reference, target, edits);
      else if (!isTop) free(reference, globals, edits);
    },
  });
  const head = `${MODULE}.export({${links.exports.join(', ')}});${links.head} yield;`;
  const inner = `${isAsync ? 'async ' : ''}function* () {${head} ${edits.apply()}\n}`;
  const code = `(function (${MODULE}, ${GUARD}, ${FILE}${parameters(globals)}) { 'use strict'; return ${inner}; })`;
  return { kind: 'module', code, requests: links.requests, globals: [...globals], isAsync };
}

function parameters(globals: ReadonlySet<string>): string {
  return [...globals].map((name) => `, ${name}`).join('');
}

/** An imported name is read from its module's namespace each time, so that it stays live. */
function pointTo(reference: Reference, target: string, edits: Edits): void {
  const { start, end, name, isShorthand, isCallee, isTarget } = reference;
  if (isTarget) {
    edits.replace(start, end, `${isShorthand ? `${name}: ` : ''}${MODULE}.constant().${name}`);
    return;
  }
  if (isShorthand) edits.replace(start, end, `${name}: ${target}`);
  else edits.replace(start, end, isCallee ? `(0, ${target})` : target);
}

function dynamicImport(node: AnyNode, edits: Edits): void {
  if (node.type === 'ImportExpression')
    edits.replace(node.start, node.start + 'import'.length, `${MODULE}.import`);
}
