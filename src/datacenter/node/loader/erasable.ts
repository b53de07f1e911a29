// What Node's type stripping refuses in TypeScript, found before the types are stripped: syntax that makes code.
// Angle-bracket casts are not found, and are stripped. Called by compile.ts.
import type { Complaint } from '../../contract.ts';

const MAKES_CODE: readonly (readonly [RegExp, string])[] = [
  [
    /^[ \t]*(?:export\s+)?(?:const\s+)?(enum)\s+[\w$]+\s*\{/gm,
    'use a plain object or a union of strings instead',
  ],
  [/^[ \t]*(?:export\s+)?(namespace|module)\s+[\w$.]+\s*\{/gm, 'use a file, which is a module, instead'],
  [
    /\bconstructor\s*\(\s*(?:[^)]*,\s*)?((?:public|private|protected|readonly|override)\s+[\w$]+)/g,
    'declare the field, and assign it in the constructor',
  ],
  [/^[ \t]*(?:export\s+)?(import)\s+[\w$]+\s*=/gm, 'use `import … from`'],
  [/^[ \t]*(export)\s*=/gm, 'use `export default`'],
];

/** Enums, namespaces, parameter properties and the like; null where all types can be erased. */
export function notErasable(source: string, path: string): Complaint | null {
  const code = withoutComments(source);
  for (const [pattern, fix] of MAKES_CODE) {
    const match = [...code.matchAll(pattern)][0];
    if (match === undefined) continue;
    const words = match[1] ?? '';
    const at = match.index + match[0].lastIndexOf(words);
    const before = code.slice(0, at).split('\n');
    return {
      expected: 'types that can be erased',
      found: `TypeScript's \`${words}\`, which makes code`,
      fix: `${fix}: Node runs this file by erasing its types`,
      file: path,
      line: before.length,
      column: (before.at(-1)?.length ?? 0) + 1,
    };
  }
  return null;
}

/** The same text with comments and the insides of texts blanked; lines and columns stay. */
function withoutComments(source: string): string {
  const spans = /\/\*[\s\S]*?\*\/|\/\/[^\n]*|'(?:[^'\\\n]|\\.)*'|"(?:[^"\\\n]|\\.)*"|`(?:[^`\\]|\\[\s\S])*`/g;
  return source.replaceAll(spans, (span) => span.replaceAll(/[^\n]/g, ' '));
}
