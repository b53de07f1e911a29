// What a command of the command line is, and how its options are read. Pure but for the terminal it is handed.
// Refuses unknown options and missing values with expected, found, fix. Used by main.ts and every command.

export interface Terminal {
  /** Where the person stands: relative paths count from here. */
  readonly folder: string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

export interface Command {
  readonly help: string;
  /** Resolves to the exit code. */
  run(args: readonly string[], terminal: Terminal): Promise<number>;
}

/** Asked wrongly: the message says what was expected, what was found, and what to do. */
export class UsageError extends Error {
  override readonly name = 'UsageError';

  constructor(expected: string, found: string, fix: string) {
    super(`expected ${expected}, found ${found}: ${fix}`);
  }
}

export interface Asked {
  /** Every value given for an option, in order; an option without value has ''. */
  readonly options: Readonly<Record<string, readonly string[]>>;
  readonly words: readonly string[];
}

/**
 * Reads `--name VALUE` and `--name=VALUE`. `known` maps each option to what its value is (such as `SECONDS`), or
 * to null where it takes none. With `stopAtWord`, everything from the first word on is left as it is.
 */
export function readOptions(
  command: string,
  args: readonly string[],
  known: Readonly<Record<string, string | null>>,
  stopAtWord = false,
): Asked {
  const options: Record<string, string[]> = {};
  const words: string[] = [];
  const left = [...args];
  for (let arg = left.shift(); arg !== undefined; arg = left.shift()) {
    if (!arg.startsWith('--') || arg === '--') {
      if (arg !== '--') words.push(arg);
      if (stopAtWord || arg === '--') return { options, words: [...words, ...left] };
      continue;
    }
    const [, name = '', , inside] = /^--([^=]*)(=(.*))?$/s.exec(arg) ?? [];
    const kind = Object.hasOwn(known, name) ? known[name] : undefined;
    if (kind === undefined) {
      const there = Object.keys(known).map((each) => `--${each}`);
      throw new UsageError(
        `an option of ${command} (${there.join(', ')})`,
        `'${arg}'`,
        `see \`brownout ${command} --help\``,
      );
    }
    const value = kind === null ? '' : (inside ?? left.shift());
    if (value === undefined || (kind === null && inside !== undefined)) {
      throw new UsageError(
        kind === null ? `--${name} without a value` : `--${name} ${kind}`,
        `'${arg}'`,
        `see \`brownout ${command} --help\``,
      );
    }
    options[name] = [...(options[name] ?? []), value];
  }
  return { options, words };
}

/** The last value of an option as a number in its range. */
export function numberOption(
  asked: Asked,
  name: string,
  range: { readonly least: number; readonly most: number; readonly whole: boolean },
): number | undefined {
  const text = asked.options[name]?.at(-1);
  if (text === undefined) return undefined;
  const value = text.trim() === '' ? Number.NaN : Number(text);
  const { least, most, whole } = range;
  if (value >= least && value <= most && (!whole || Number.isInteger(value))) return value;
  throw new UsageError(
    `--${name} from ${least} to ${most}${whole ? ', a whole number' : ''}`,
    `'${text}'`,
    'correct it',
  );
}

export const seedRange = { least: 0, most: 2 ** 32 - 1, whole: true } as const;
