// Imports and exports of an ES module: taken out of the text, and told as what they bind. Imported names are
// read from their module each time, so that they stay live. Called by compile.ts.
import type { AnyNode, Program } from 'acorn';
import type { ModuleRequest } from './compiled.ts';
import type { Edits } from './edits.ts';
import { DEFAULT, MODULE } from './names.ts';
import { namesIn } from './scopes.ts';

export interface Linkage {
  readonly requests: ModuleRequest[];
  /** Local name to the expression that reads it. */
  readonly imported: ReadonlyMap<string, string>;
  /** Properties of an object of getters: `name: () => expression`. */
  readonly exports: string[];
  /** Requests of which everything is exported. */
  readonly stars: number[];
  /** Runs before anything of the module does. */
  head: string;
}

/** Takes imports and exports out of the text and says what they bound. */
export function linkage(program: Program, edits: Edits, source: string): Linkage {
  const links = {
    requests: [] as ModuleRequest[],
    imported: new Map<string, string>(),
    exports: [] as string[],
    stars: [] as number[],
    head: '',
  };
  const request = (specifier: string, line: number, names: string[]): string => {
    links.requests.push({ specifier, line, names });
    return `${MODULE}.imports[${links.requests.length - 1}]`;
  };
  // Imports first: exports may name what is imported below them.
  for (const node of program.body) {
    if (node.type !== 'ImportDeclaration') continue;
    const wanted = node.specifiers.flatMap((item) =>
      item.type === 'ImportSpecifier'
        ? [nameOf(item.imported)]
        : item.type === 'ImportDefaultSpecifier'
          ? ['default']
          : [],
    );
    const namespace = request(String(node.source.value), node.loc?.start.line ?? 0, wanted);
    for (const item of node.specifiers) {
      const target =
        item.type === 'ImportNamespaceSpecifier'
          ? namespace.replace('.imports[', '.views[')
          : `${namespace}[${JSON.stringify(item.type === 'ImportSpecifier' ? nameOf(item.imported) : 'default')}]`;
      links.imported.set(item.local.name, target);
    }
    edits.blank(node.start, node.end);
  }
  for (const node of program.body) exportOf(node, links, request, edits, source);
  if (links.stars.length > 0) links.exports.push(`[${MODULE}.star]: [${links.stars.join()}]`);
  return links;
}

function exportOf(
  node: AnyNode,
  links: Linkage,
  request: (specifier: string, line: number, names: string[]) => string,
  edits: Edits,
  source: string,
): void {
  const line = node.loc?.start.line ?? 0;
  const add = (name: string, expression: string): void =>
    void links.exports.push(`${JSON.stringify(name)}: () => ${expression}`);
  if (node.type === 'ExportAllDeclaration') {
    const namespace = request(String(node.source.value), line, []);
    if (node.exported == null) links.stars.push(links.requests.length - 1);
    else add(nameOf(node.exported), namespace.replace('.imports[', '.views['));
    edits.blank(node.start, node.end);
  } else if (node.type === 'ExportDefaultDeclaration') exportDefault(node, links, add, edits, source);
  else if (node.type === 'ExportNamedDeclaration') {
    if (node.declaration != null) {
      const declared =
        node.declaration.type === 'VariableDeclaration'
          ? node.declaration.declarations.flatMap((part) => namesIn(part.id))
          : [node.declaration.id.name];
      for (const name of declared) add(name, name);
      edits.blank(node.start, node.declaration.start);
      return;
    }
    const from =
      node.source == null
        ? null
        : request(
            String(node.source.value),
            line,
            node.specifiers.map((item) => nameOf(item.local)),
          );
    for (const item of node.specifiers) {
      const local = nameOf(item.local);
      add(
        nameOf(item.exported),
        from === null ? (links.imported.get(local) ?? local) : `${from}[${JSON.stringify(local)}]`,
      );
    }
    edits.blank(node.start, node.end);
  }
}

/** What stands before the name of a function or class. */
const KEYWORDS = /^(?:async\s+)?function\s*\*?|^class/;

function exportDefault(
  node: AnyNode & { type: 'ExportDefaultDeclaration' },
  links: Linkage,
  add: (name: string, expression: string) => void,
  edits: Edits,
  source: string,
): void {
  const { declaration } = node;
  const text = source.slice(node.start, node.end);
  const expressionStart = node.start + (/^export\s+default/.exec(text)?.[0].length ?? 0);
  const isDeclaration = declaration.type === 'FunctionDeclaration' || declaration.type === 'ClassDeclaration';
  if (!isDeclaration) {
    // In an object's property, for what has no name is named by it: `default`.
    edits.replace(node.start, expressionStart, `const {default: ${DEFAULT}} = {default:`);
    edits.insertLast(text.endsWith(';') ? node.end - 1 : node.end, '}');
    add('default', DEFAULT);
    return;
  }
  edits.blank(node.start, declaration.start);
  if (declaration.id != null) {
    add('default', declaration.id.name);
    return;
  }
  const keywords = KEYWORDS.exec(source.slice(declaration.start, declaration.end))?.[0] ?? '';
  edits.insert(declaration.start + keywords.length, ` ${DEFAULT}`);
  add('default', DEFAULT);
  const named = `${MODULE}.nameDefault(${DEFAULT});`;
  if (declaration.type === 'FunctionDeclaration') links.head += named;
  else edits.insert(node.end, `;${named}`);
}

function nameOf(node: { readonly type: string; readonly name?: string; readonly value?: unknown }): string {
  return node.type === 'Identifier' ? String(node.name) : String(node.value);
}
