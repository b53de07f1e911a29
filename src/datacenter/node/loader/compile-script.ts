// Scripts of node:vm: code that runs on the process's globals and gives the value of its last statement. `var` and
// functions at the top become globals; `let`, `const` and classes stay within the script, other than in Node.
// Called by compile.ts.
import { parse } from 'acorn';
import { keepAwaited } from './awaits.ts';
import type { CompiledModule } from './compiled.ts';
import { Edits } from './edits.ts';
import { free } from './free.ts';
import { guard } from './guards.ts';
import { GUARD, MODULE } from './names.ts';
import { variablesOf, walk } from './scopes.ts';

export function compileScript(source: string): CompiledModule {
  const body = source.replace(/^#!/, '//');
  const program = parse(body, {
    ecmaVersion: 'latest',
    allowHashBang: true,
    locations: true,
    sourceType: 'script',
  });
  const edits = new Edits(body);
  const globals = new Set<string>();
  walk(program, {
    enter: (node, ancestors) => {
      guard(node, ancestors.at(-1), edits);
      keepAwaited(node, GUARD, edits);
      if (node.type === 'ImportExpression')
        edits.replace(node.start, node.start + 'import'.length, `${MODULE}.import`);
    },
    reference: (reference, isTop) => {
      if (!isTop) free(reference, globals, edits);
    },
  });
  const functions = program.body.flatMap((node) =>
    node.type === 'FunctionDeclaration' ? [node.id.name] : [],
  );
  const first = program.body.find((node) => !('directive' in node) || node.directive === undefined);
  if (functions.length > 0 && first !== undefined)
    edits.insert(
      first.start,
      `${functions.map((name) => `${MODULE}.globals.${name} = ${name};`).join('')}void 0;`,
    );
  return {
    kind: 'script',
    code: edits.apply(),
    requests: [],
    globals: [...globals],
    isAsync: false,
    variables: variablesOf(program),
  };
}
