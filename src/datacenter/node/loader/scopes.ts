// Finds what each name in a module refers to, as far as loading needs it: references to imported names, and
// names that nothing declares. Walks the syntax tree once with the scopes that are open. Called by compile.ts.
import type { AnyNode, Identifier, Node, Pattern, Program } from 'acorn';

export interface Reference {
  readonly name: string;
  readonly start: number;
  readonly end: number;
  /** `{name}` in an object: the property's name must stay. */
  readonly isShorthand: boolean;
  /** Called as a plain function: `name(…)`. */
  readonly isCallee: boolean;
  /** What `new` makes begins with it: `new name(…)`, `new name.of(…)`. */
  readonly isConstructed: boolean;
  /** `typeof name`, which is no error where nothing has the name. */
  readonly isTypeof: boolean;
  /** Assigned to. */
  readonly isTarget: boolean;
}

export interface Visitor {
  /** Every node, before its children. */
  enter?(node: AnyNode, ancestors: readonly AnyNode[]): void;
  /** A name that no scope inside the module's top level declares. `isTop`: the top level declares it. */
  reference(reference: Reference, isTop: boolean, ancestors: readonly AnyNode[]): void;
}

type Scope = Set<string>;

export function walk(program: Program, visitor: Visitor): void {
  const top: Scope = new Set();
  hoistVariables(program.body, top);
  declareLexical(program.body, top);
  new Walker(visitor, top).children(program, []);
}

/** Names that `var` declares at the top. */
export function variablesOf(program: Program): string[] {
  const names: Scope = new Set();
  hoistVariables(program.body, names);
  return [...names];
}

class Walker {
  readonly #visitor: Visitor;
  readonly #scopes: Scope[];

  constructor(visitor: Visitor, top: Scope) {
    this.#visitor = visitor;
    this.#scopes = [top];
  }

  children(node: AnyNode, ancestors: readonly AnyNode[]): void {
    const inside = [...ancestors, node];
    for (const [key, child] of Object.entries(node)) {
      if (key === 'type' || child === null || typeof child !== 'object') continue;
      for (const item of Array.isArray(child) ? child : [child]) {
        if (isNode(item)) this.#visit(item, key, inside);
      }
    }
  }

  #visit(node: AnyNode, key: string, ancestors: readonly AnyNode[]): void {
    const parent = ancestors[ancestors.length - 1];
    if (node.type === 'Identifier') {
      if (parent !== undefined && isReference(parent, key)) this.#refer(node, parent, key, ancestors);
      return;
    }
    if (node.type === 'ImportDeclaration' || node.type === 'ExportAllDeclaration') {
      this.#visitor.enter?.(node, ancestors);
      return;
    }
    if (node.type === 'ExportNamedDeclaration' && node.declaration == null) {
      this.#visitor.enter?.(node, ancestors);
      return;
    }
    this.#visitor.enter?.(node, ancestors);
    const scope = scopeOf(node);
    if (scope !== null) this.#scopes.push(scope);
    this.children(node, ancestors);
    if (scope !== null) this.#scopes.pop();
  }

  #refer(node: Identifier, parent: AnyNode, key: string, ancestors: readonly AnyNode[]): void {
    for (let depth = this.#scopes.length - 1; depth > 0; depth--) {
      if (this.#scopes[depth]?.has(node.name) === true) return;
    }
    const isTop = this.#scopes[0]?.has(node.name) === true;
    const isDefaulted = parent.type === 'AssignmentPattern' && key === 'left';
    const property = isDefaulted ? ancestors[ancestors.length - 2] : parent;
    const isShorthand =
      property?.type === 'Property' && property.shorthand && (isDefaulted || key === 'value');
    const isCallee =
      (parent.type === 'CallExpression' && key === 'callee') ||
      (parent.type === 'TaggedTemplateExpression' && key === 'tag');
    const isTypeof = parent.type === 'UnaryExpression' && parent.operator === 'typeof';
    this.#visitor.reference(
      {
        name: node.name,
        start: node.start,
        end: node.end,
        isShorthand,
        isCallee,
        isConstructed: ancestors.some(
          (each) => each.type === 'NewExpression' && each.callee.start === node.start,
        ),
        isTypeof,
        isTarget: isTarget(parent, key, ancestors[ancestors.length - 2]),
      },
      isTop,
      ancestors,
    );
  }
}

function isNode(value: unknown): value is AnyNode {
  return (
    value !== null && typeof value === 'object' && typeof (value as { type?: unknown }).type === 'string'
  );
}

/** False for names of properties, labels and meta-properties. */
function isReference(parent: AnyNode, key: string): boolean {
  switch (parent.type) {
    case 'MemberExpression':
      return key !== 'property' || parent.computed;
    case 'Property':
      return key === 'value' || parent.computed;
    case 'MethodDefinition':
    case 'PropertyDefinition':
      return key === 'value' || (key === 'key' && parent.computed);
    case 'LabeledStatement':
    case 'BreakStatement':
    case 'ContinueStatement':
      return key !== 'label';
    case 'MetaProperty':
    case 'ImportAttribute':
      return false;
    case 'ExportSpecifier':
      return false;
    default:
      return true;
  }
}

function isTarget(parent: AnyNode, key: string, grandparent: AnyNode | undefined): boolean {
  switch (parent.type) {
    case 'AssignmentExpression':
    case 'AssignmentPattern':
    case 'ForInStatement':
    case 'ForOfStatement':
      return key === 'left';
    case 'UpdateExpression':
    case 'ArrayPattern':
    case 'RestElement':
      return true;
    case 'Property':
      return key === 'value' && grandparent?.type === 'ObjectPattern';
    default:
      return false;
  }
}

/** Names that a node opens a scope for; null where it opens none. */
function scopeOf(node: AnyNode): Scope | null {
  const scope: Scope = new Set();
  switch (node.type) {
    case 'FunctionDeclaration':
    case 'FunctionExpression':
    case 'ArrowFunctionExpression':
      if (node.type === 'FunctionExpression' && node.id != null) scope.add(node.id.name);
      for (const parameter of node.params) addPattern(parameter, scope);
      if (node.type !== 'ArrowFunctionExpression') scope.add('arguments');
      if (node.body.type === 'BlockStatement') hoistVariables(node.body.body, scope);
      return scope;
    case 'ClassExpression':
    case 'ClassDeclaration':
      if (node.id != null) scope.add(node.id.name);
      return scope;
    case 'BlockStatement':
    case 'StaticBlock':
      declareLexical(node.body, scope);
      return scope;
    case 'SwitchStatement':
      for (const item of node.cases) declareLexical(item.consequent, scope);
      return scope;
    case 'ForStatement':
      if (node.init?.type === 'VariableDeclaration') declareLexical([node.init], scope);
      return scope;
    case 'ForInStatement':
    case 'ForOfStatement':
      if (node.left.type === 'VariableDeclaration') declareLexical([node.left], scope);
      return scope;
    case 'CatchClause':
      if (node.param != null) addPattern(node.param, scope);
      return scope;
    default:
      return null;
  }
}

/** let, const, class and function of a block. */
function declareLexical(body: readonly Node[], scope: Scope): void {
  for (const item of body as readonly AnyNode[]) {
    const node = declarationIn(item);
    if (node.type === 'VariableDeclaration') for (const part of node.declarations) addPattern(part.id, scope);
    else if ((node.type === 'FunctionDeclaration' || node.type === 'ClassDeclaration') && node.id != null)
      scope.add(node.id.name);
  }
}

function declarationIn(node: AnyNode): AnyNode {
  const wraps = node.type === 'ExportNamedDeclaration' || node.type === 'ExportDefaultDeclaration';
  return wraps && node.declaration != null ? (node.declaration as AnyNode) : node;
}

/** `var` anywhere below that is not inside another function. */
function hoistVariables(body: readonly Node[], scope: Scope): void {
  const look = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) look(item);
      return;
    }
    if (!isNode(value)) return;
    if (/Function|Class/.test(value.type)) return;
    if (value.type === 'VariableDeclaration' && value.kind === 'var') {
      for (const part of value.declarations) addPattern(part.id, scope);
    }
    for (const child of Object.values(value)) if (child !== null && typeof child === 'object') look(child);
  };
  look(body);
}

function addPattern(pattern: Pattern, scope: Scope): void {
  switch (pattern.type) {
    case 'Identifier':
      scope.add(pattern.name);
      break;
    case 'ObjectPattern':
      for (const property of pattern.properties)
        addPattern(property.type === 'RestElement' ? property.argument : property.value, scope);
      break;
    case 'ArrayPattern':
      for (const element of pattern.elements) if (element !== null) addPattern(element, scope);
      break;
    case 'AssignmentPattern':
      addPattern(pattern.left, scope);
      break;
    case 'RestElement':
      addPattern(pattern.argument, scope);
      break;
    default:
      break;
  }
}

/** Names that a pattern binds, in order. */
export function namesIn(pattern: Pattern): string[] {
  const names: Scope = new Set();
  addPattern(pattern, names);
  return [...names];
}
