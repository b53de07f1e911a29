// Questions about lines: which line of a sandbox's program, which line of a recorded run's trace, which machine.
// Refuses a text that is in no line or in several, and an answer that the run does not bear out. Called by quiz-file.ts.
import type { ChoiceQuestion, Exhibit, LineQuestion } from '../grading/quiz.ts';
import { complain, listed } from './complain.ts';
import { highlightedLines } from './highlight.ts';
import { escapeHtml } from './inline.ts';
import type { MarkedLine, TraceEntry } from './quiz-schema.ts';
import { recordedRun } from './recorded.ts';
import { regionOf, regionsOf } from './regions.ts';
import { sandboxSource, scenarioNames } from './sandbox-files.ts';
import { type RequestTrace, requestTrace, type TraceLine } from './trace-lines.ts';
import type { YamlFile } from './yaml.ts';

/** Where a question stands: for complaints, and to look up what it names. */
export interface Place {
  readonly file: YamlFile<unknown>;
  readonly sandbox: string;
  readonly index: number;
  readonly html: (source: string) => string;
}
interface Lines {
  readonly id: string;
  readonly ask: string;
  readonly lines: readonly MarkedLine[];
  readonly otherwise: string;
}

export async function bugQuestion(
  entry: Lines & { readonly file: string; readonly region?: string | undefined },
  place: Place,
): Promise<LineQuestion> {
  const at = atOf(place);
  const { file, line, column } = at('file');
  const { path, source } = sandboxSource(`${file}:${line}:${column}`, place.sandbox, entry.file);
  const regions = [...regionsOf(path, source).keys()];
  if (entry.region !== undefined && !regions.includes(entry.region)) {
    const expected = `one of the regions ${listed(regions)} of ${path}`;
    const fix = `use one of those, or write // #region ${entry.region} … // #endregion around the lines.`;
    complain({ ...at('region'), expected, found: `'${entry.region}'`, fix });
  }
  const cut = regionOf(path, source, entry.region);
  const texts = cut.text.split('\n');
  const shown = await highlightedLines(cut.text, path);
  const lines = texts.map((text, index) => ({
    no: cut.lineNumbers[index] ?? index + 1,
    text,
    html: shown[index] ?? escapeHtml(text),
  }));
  const below = path.replace(/^sandboxes\//, '');
  return {
    ...marked(entry, lines, place, below),
    caption: `${below}, from line ${cut.firstLine}.`,
    source: 'code',
  };
}

export async function traceLineQuestion(entry: TraceEntry | TraceLines, place: Place): Promise<LineQuestion> {
  const { trace, run } = await traceOf(entry, place);
  const widest = (pick: (line: TraceLine) => string) =>
    Math.max(...trace.lines.map((line) => pick(line).length));
  const [wide, wider] = [widest((line) => line.from), widest((line) => line.to)];
  const lines = trace.lines.map((line, index) => {
    const [from, to] = [line.from.padEnd(wide), line.to.padEnd(wider)];
    const text = `${line.ms.padStart(6)}  ${from} → ${to}  ${line.what}${line.asked ? ' ◆' : ''}`;
    return { no: index + 1, text, html: escapeHtml(text) };
  });
  if (!('lines' in entry)) throw new Error('expected a question about lines, found one about machines');
  const caption = captionOf(run.name, run.seed);
  return { ...marked(entry, lines, place, `the trace of ${run.name}`), caption, source: 'trace' };
}
type TraceLines = Lines & Pick<TraceEntry, 'run' | 'request' | 'beforeMs' | 'untilMs'>;

export async function traceQuestion(entry: TraceEntry, place: Place): Promise<ChoiceQuestion> {
  const { trace, run } = await traceOf(entry, place);
  const at = atOf(place);
  const { by } = trace.sample;
  entry.options.forEach((option, index) => {
    if (!run.machines.some((machine) => machine.name === option.machine)) {
      const names = run.machines.map((machine) => machine.name).join(', ');
      const found = `'${option.machine}'`;
      complain({
        ...at('options', index),
        expected: `one of the machines ${names}`,
        found,
        fix: 'correct it.',
      });
    }
    if (option.right === (option.machine === by)) return;
    const expected = `\`right: true\` on the machine that answered in the run ${run.name}, ${by || 'none'}`;
    const fix = 'mark the one that answered, and correct the feedback.';
    complain({ ...at('options', index), expected, found: `${option.right} on ${option.machine}`, fix });
  });
  const exhibit: Exhibit = {
    caption: captionOf(run.name, run.seed),
    head: ['ms', 'from', 'to', 'what'],
    rows: trace.lines.map((line) => [line.ms, line.from, line.to, line.asked ? `${line.what} ◆` : line.what]),
  };
  const options = entry.options.map((option) => ({
    text: `<code>${escapeHtml(option.machine)}</code>`,
    right: option.right,
    feedback: place.html(option.feedback),
  }));
  return { kind: 'one', id: entry.id, ask: place.html(entry.ask), options, exhibit };
}

function captionOf(run: string, seed: number): string {
  return `Packets of the run ${run}, seed ${seed}. ◆ is the request in question; times count from it. Mere acknowledgements are left out.`;
}

async function traceOf(entry: Pick<TraceEntry, 'run' | 'request' | 'beforeMs' | 'untilMs'>, place: Place) {
  const at = atOf(place);
  const names = scenarioNames(place.sandbox);
  if (!names.includes(entry.run)) {
    const expected = `one of the runs ${names.join(', ')}`;
    complain({ ...at('run'), expected, found: `'${entry.run}'`, fix: 'correct it, or write the scenario.' });
  }
  const run = await recordedRun(place.sandbox, entry.run);
  const trace: RequestTrace = requestTrace(at('request'), run, entry);
  return { run, trace };
}

function atOf({ file, index }: Place) {
  return (...path: PropertyKey[]) => ({ file: file.path, ...file.line(['questions', index, ...path]) });
}

function marked(
  entry: Lines,
  lines: readonly { readonly no: number; readonly text: string; readonly html: string }[],
  place: Place,
  what: string,
) {
  const notes = new Map<number, MarkedLine>();
  entry.lines.forEach((mark, index) => {
    const from = lineWith(mark.at, 'at', index);
    const to = mark.to === undefined ? from : lineWith(mark.to, 'to', index);
    for (let line = from; line <= to; line++) notes.set(line, mark);
  });

  function lineWith(text: string, key: string, index: number): number {
    const holding = lines.flatMap((line, at) => (line.text.includes(text) ? [at] : []));
    const [first] = holding;
    if (first !== undefined && holding.length === 1) return first;
    return complain({
      ...atOf(place)('lines', index, key),
      expected: `a text that is in exactly one line of ${what}`,
      found: `'${text}' in ${holding.length === 0 ? 'none' : holding.length}`,
      fix: 'copy a part of the line that no other line has.',
    });
  }

  return {
    kind: 'line' as const,
    id: entry.id,
    ask: place.html(entry.ask),
    lines: lines.map((line, index) => {
      const note = notes.get(index);
      const feedback = note === undefined ? '' : place.html(note.feedback);
      return { no: line.no, text: line.html, right: note?.right === true, feedback };
    }),
    otherwise: place.html(entry.otherwise),
  };
}
