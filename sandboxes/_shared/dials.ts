// Settings that can be turned while a program runs: lines of JSON on its standard input, such as {"ratePerSecond": 120}.
// `node clients.ts` in a terminal takes them as well: type a line. A line that makes no sense is said and changes nothing.
// Does not keep the program alive. Used by clients, apps and balancers.

/** Calls `turned` with the values of each line; what it throws is printed. */
export function onDials(turned: (values: Readonly<Record<string, unknown>>) => void): void {
  let held = '';
  process.stdin.setEncoding('utf8');
  process.stdin.on('data', (text: string) => {
    const lines = (held + text).split('\n');
    held = lines.pop() ?? '';
    for (const line of lines) if (line.trim() !== '') turn(line);
  });
  // A pipe or a terminal would keep the program alive; a file is not one of these.
  if ('unref' in process.stdin) process.stdin.unref();

  function turn(line: string): void {
    try {
      const values: unknown = JSON.parse(line);
      if (typeof values !== 'object' || values === null) throw new Error('expected {"name": value}');
      turned(values as Record<string, unknown>);
    } catch (error) {
      console.error(
        `dials: ${error instanceof Error ? error.message : error}, found '${line.slice(0, 200)}'`,
      );
    }
  }
}

/** A number from `least` to `most`, or what it was where the line does not name it. Throws for anything else. */
export function dial(value: unknown, was: number, least: number, most: number): number {
  if (value === undefined) return was;
  if (typeof value === 'number' && value >= least && value <= most) return value;
  throw new Error(`expected a number from ${least} to ${most}`);
}
