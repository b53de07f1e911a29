// What a program's function shows as its source: the code as it was written, without what the loader put into it.
// Imported names are shown as their modules export them. Refuses nothing. Called by primordials.ts, once a thread, and
// by code-cache.ts for columns.

const STOP = String.raw`> \$\$g\.stepsMax && \$\$g\.stop\(\$\$f, \d+\)`;
const CALL = String.raw`\(\$\$g\.steps \+= \$\$g\.callSteps\) ${STOP}`;
const STEP = String.raw`\$\$g\.steps\+\+ ${STOP}`;
const NAME = String.raw`[\p{ID_Continue}$]+`;
const FOUND = String.raw`\$\$m\.(?:(?:globals|scope)\.(${NAME})|read\("(${NAME})"\)|imports\[\d+\]\["(${NAME})"\])`;

const ADDED = new RegExp(
  String.raw`\(${CALL}, |${CALL};|\{/\*\$\*/${STEP};|${STEP};|/\*\$\*/[;)}]|\$\$g\.keep(?:Each)?\(\(|\$\$m\.(?:writable\("${NAME}"\)|constant\(\))\.`,
  'gu',
);
const CALLED = new RegExp(String.raw`\((?:0, )?${FOUND}\)|${FOUND}`, 'gu');

/** The text as it was before the loader changed it. */
export const shownSource = (text: string): string =>
  text.includes('$$g') || text.includes('$$m') ? unchanged(text) : text;

function unchanged(text: string): string {
  return text
    .replace(ADDED, '')
    .replace(CALLED, (_all, ...names: unknown[]) => String(names.find((name) => typeof name === 'string')))
    .replaceAll('$$m.self(this)', 'this')
    .replaceAll('$$m.import', 'import')
    .replaceAll('$$m.meta', 'import.meta');
}

/** What stands before a program's first line, as compile.ts writes it. */
const HEAD = /^\(function \((?:exports,[^)]*\) \{|\$\$m,.*? yield; )/;

/** What stands in the source before a place in compiled code, on its line; both from 1. */
export function sourceBefore(code: string, line: number, column: number): string {
  const text = code.split('\n')[line - 1] ?? '';
  return unchanged(text.slice(0, column - 1).replace(line === 1 ? HEAD : '', ''));
}

/** Has functions of programs show their own source. */
export function showSources(): void {
  const native = Function.prototype.toString;
  const shown = {
    toString(this: unknown): string {
      return shownSource(native.call(this === shown.toString ? native : this));
    },
  };
  Object.defineProperty(Function.prototype, 'toString', {
    value: shown.toString,
    writable: true,
    configurable: true,
  });
}
