// What the lab shows of an exercise.yml, already parsed: title, text, what is not counted, files to edit, hints, feedback,
// limits. The build has checked it; what is of another shape here is left out rather than shown wrong. Called by mount.tsx.
import type { ExerciseData } from './data.ts';

/** Where exercise.yml sets no limits. */
const SECONDS_MAX = 10;
const EVENTS_MAX = 100_000;

type Shown = Pick<ExerciseData, 'title' | 'text' | 'edits' | 'hints' | 'feedback' | 'limits'>;

export function readExerciseSpec(spec: unknown, path: (name: string) => string): Shown {
  const record = isRecord(spec) ? spec : {};
  const excludes = text(record['excludes']);
  return {
    title: text(record['title']),
    text: excludes === '' ? text(record['text']) : `${text(record['text'])}\n\n**Not counted:** ${excludes}`,
    edits: texts(record['edits']).map(path),
    hints: texts(record['hints']),
    feedback: feedbackOf(record['feedback']),
    limits: limitsOf(record['limits']),
  };
}

function limitsOf(value: unknown): Shown['limits'] {
  const { seconds, events } = isRecord(value) ? value : {};
  return {
    seconds: typeof seconds === 'number' ? seconds : SECONDS_MAX,
    events: typeof events === 'number' ? events : EVENTS_MAX,
  };
}

function feedbackOf(value: unknown): Readonly<Record<string, string>> {
  if (!isRecord(value)) return {};
  return Object.fromEntries(
    Object.entries(value).map(([id, each]) => [id, isRecord(each) ? text(each['text']) : text(each)]),
  );
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function text(value: unknown): string {
  return typeof value === 'string' ? value : '';
}

function texts(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  return Array.isArray(value) ? value.filter((each) => typeof each === 'string') : [];
}
