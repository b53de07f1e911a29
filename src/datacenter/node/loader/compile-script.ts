// Scripts of node:vm: code that runs on the globals of a context and gives the value of its last statement. `var` and
// functions at the top become properties of the global object; `let`, `const` and classes are told to the context's
// other scripts. Names that the script does not declare are left to the scope that it runs in (script-scope.ts).
// Called by compile.ts.
import { type AnyNode, type Program, parse, type VariableDeclaration } from 'acorn';
import { keepAwaited } from './awaits.ts';
import type { CompiledModule } from './compiled.ts';
import { Edits } from './edits.ts';
import { guard } from './guards.ts';
import { GUARD, MODULE, SINK } from './names.ts';
import { namesIn, type Reference, variablesOf, walk } from './scopes.ts';

export function compileScript(source: string): CompiledModule {
  const body = source.replace(/^#!/, '//');
  const program = parse(body, {
    ecmaVersion: 'latest',
    allowHashBang: true,
    locations: true,
    sourceType: 'script',
  });
  const edits = new Edits(body);
  const functions = new Set(
    program.body.flatMap((node) => (node.type === 'FunctionDeclaration' ? [node.id.name] : [])),
  );
  const lexicals = lexicalsOf(program);
  const lexicalNames = new Set(lexicals.map(({ name }) => name));
  walk(program, {
    enter: (node, ancestors) => {
      guard(node, ancestors.at(-1), edits);
      keepAwaited(node, GUARD, edits);
      if (node.type === 'ImportExpression')
        edits.replace(node.start, node.start + 'import'.length, `${MODULE}.import`);
      if (node.type === 'ThisExpression' && ancestors.some(hasThis) && !isStrict(ancestors))
        edits.replace(node.start, node.end, `${MODULE}.self(this)`);
      if (node.type === 'VariableDeclaration' && node.kind === 'var' && !ancestors.some(hasVariables))
        assign(node, ancestors.at(-1), edits);
      if (node.type === 'FunctionDeclaration') hoist(node, ancestors, edits);
    },
    reference: (reference, isTop, ancestors) => {
      const { name } = reference;
      const isLexical = isTop && lexicalNames.has(name);
      const parent = ancestors.at(-1);
      if (parent?.type === 'FunctionDeclaration' && parent.id?.start === reference.start) return;
      if (functions.has(name) || name === 'arguments') replace(reference, `${MODULE}.scope.${name}`, edits);
      else if (!isLexical) resolve(reference, isTop, isStrict(ancestors), edits);
    },
  });
  const variables = variablesOf(program).filter((name) => !functions.has(name));
  declare(program, [...functions], variables, lexicals, edits);
  return {
    kind: 'script',
    code: edits.apply(),
    requests: [],
    globals: [],
    isAsync: false,
    variables: [...functions, ...variables],
    lexicals: [...lexicalNames],
  };
}

/** Has a `this` of its own. */
const hasThis = (node: AnyNode): boolean => /^Function|^Class|^StaticBlock/.test(node.type);

const hasVariables = (node: AnyNode): boolean => /Function|StaticBlock/.test(node.type);

function isStrict(ancestors: readonly AnyNode[]): boolean {
  return ancestors.some((node) => {
    if (/^Class/.test(node.type)) return true;
    const body = node.type === 'Program' ? node.body : 'body' in node ? bodyOf(node.body) : [];
    for (const each of body) {
      if (!('directive' in each) || each.directive === undefined) return false;
      if (each.directive === 'use strict') return true;
    }
    return false;
  });
}

const bodyOf = (body: unknown): readonly AnyNode[] => {
  const { type, body: inner } = (body ?? {}) as { readonly type?: unknown; readonly body?: unknown };
  return type === 'BlockStatement' ? (inner as readonly AnyNode[]) : [];
};

interface Lexical {
  readonly name: string;
  readonly isConstant: boolean;
}

function lexicalsOf(program: Program): Lexical[] {
  return program.body.flatMap((node) => {
    if (node.type === 'ClassDeclaration') return [{ name: node.id.name, isConstant: false }];
    if (node.type !== 'VariableDeclaration' || node.kind === 'var') return [];
    const isConstant = node.kind !== 'let';
    return node.declarations.flatMap(({ id }) => namesIn(id)).map((name) => ({ name, isConstant }));
  });
}

/** `var x = 1` sets a global, and yet has no value as a statement. */
function assign(node: VariableDeclaration, parent: AnyNode | undefined, edits: Edits): void {
  if (parent?.type === 'ForOfStatement' || (parent?.type === 'ForInStatement' && parent.left === node)) {
    if (parent.left === node) edits.blank(node.start, node.start + 'var'.length);
    return;
  }
  for (const { id, init } of node.declarations) {
    if (init == null) edits.replace(id.start, id.end, SINK);
    else {
      edits.insert(id.start, `${SINK} = (`);
      edits.insert(init.end, ')');
    }
  }
}

/** In sloppy code a function of a block becomes a global too, as the block begins. */
function hoist(
  node: AnyNode & { type: 'FunctionDeclaration' },
  ancestors: readonly AnyNode[],
  edits: Edits,
): void {
  const block = ancestors.at(-1);
  if (block?.type !== 'BlockStatement' || node.id === null || node.async || node.generator) return;
  if (ancestors.some(hasVariables) || isStrict(ancestors)) return;
  edits.insert(block.start + 1, `${MODULE}.function("${node.id.name}", ${node.id.name});`);
}

function replace(reference: Reference, by: string, edits: Edits): void {
  const { name, start, end, isShorthand, isCallee, isTarget } = reference;
  const found = isCallee && !isTarget ? `(0, ${by})` : by;
  edits.replace(start, end, isShorthand ? `${name}: ${found}` : found);
}

/** What the scope finds is called without a `this`, may be missing for `typeof`, and must be there in strict code. */
function resolve(reference: Reference, isDeclared: boolean, isStrictCode: boolean, edits: Edits): void {
  const { name, start, end, isShorthand, isCallee, isTypeof, isTarget } = reference;
  if (isTypeof && !isDeclared)
    edits.replace(start, end, `(${MODULE}.mayMiss(${JSON.stringify(name)}), ${name})`);
  else if (isTarget && isStrictCode) {
    const target = `${MODULE}.writable(${JSON.stringify(name)}).${name}`;
    edits.replace(start, end, isShorthand ? `${name}: ${target}` : target);
  } else if (isCallee && name !== 'eval') edits.replace(start, end, `(0, ${name})`);
}

/** At the start, so that functions are there before they are called. */
function declare(
  program: Program,
  functions: readonly string[],
  variables: readonly string[],
  lexicals: readonly Lexical[],
  edits: Edits,
): void {
  const first = program.body.find((node) => !('directive' in node) || node.directive === undefined);
  if (first === undefined || functions.length + variables.length + lexicals.length === 0) return;
  const told = [
    ...functions.map((name) => `${MODULE}.function("${name}", ${name});`),
    ...variables.map((name) => `${MODULE}.variable("${name}");`),
    ...lexicals.map(
      ({ name, isConstant }) =>
        `${MODULE}.lexical("${name}", () => ${name}${isConstant ? '' : `, (${SINK}) => { ${name} = ${SINK}; }`});`,
    ),
  ];
  edits.insert(first.start, `${told.join('')}void 0;`);
}
