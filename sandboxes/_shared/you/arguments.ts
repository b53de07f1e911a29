// The words after a program's name: options by util.parseArgs, `--help`, and the end with a message where they make no
// sense. Each program names its options and its help. Used by all programs of the console.
import { type ParseArgsOptionsConfig, parseArgs } from 'node:util';

/** The options of the command line; prints `help` and ends the program if they ask for it or make no sense. */
export function readArguments<const Options extends ParseArgsOptionsConfig>(
  name: string,
  help: string,
  options: Options,
  args: readonly string[] = process.argv.slice(2),
) {
  if (args.includes('--help')) {
    process.stdout.write(help);
    process.exit(0);
  }
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
  } catch (error) {
    return fail(name, 2, error instanceof Error ? error.message : String(error));
  }
}

/** Says why on stderr and ends with the exit code. */
export function fail(name: string, code: number, why: string): never {
  process.stderr.write(`${name}: ${why}. Try ${name} --help.\n`);
  process.exit(code);
}

/** A number from `least` to `most`; ends the program for anything else. */
export function numberOf(name: string, what: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (text.trim() !== '' && value >= least && value <= most) return value;
  return fail(name, 2, `${what} must be a number from ${least} to ${most}, found '${text}'`);
}
