// Reads a chapter's timeline.yml: threads, spans of years, and events with their dates, doubts and sources.
// Refuses an event without a source, of an unknown thread, out of order, or whose date does not name its years.
// Called by mdx Timeline.
import { z } from 'zod';
import { referenceOf } from './chapter.ts';
import { inlineHtml } from './inline.ts';
import { parseYaml, readYaml, type YamlFile } from './yaml.ts';

const text = z.string().trim().min(1);
const id = z.string().regex(/^[a-z]+$/, 'small letters');
const year = z.number().int().min(1900).max(2100);

/** A key of content/references.yml, or a place that only the timeline needs. */
const source = z.union([
  z.string().regex(/^[a-z0-9-]+$/),
  z.strictObject({ name: text, url: z.url({ protocol: /^https?$/ }) }),
]);
const event = z
  .strictObject({
    /** As it is printed: '24 or 25 August 2006'. */
    when: text,
    from: year,
    /** Where it is not one year. */
    to: year.optional(),
    threads: z.array(id).min(1),
    what: text,
    /** Where sources disagree, or what none of them says. */
    doubt: text.optional(),
    sources: z.array(source).min(1),
  })
  .superRefine((value, context) => {
    const { when, from, to = from } = value;
    const missing = [from, to].find((one) => !when.includes(String(one)));
    const report = (expected: string, found: string, fix: string, path: string) =>
      context.addIssue({ code: 'custom', message: expected, params: { found, fix }, path: [path] });
    if (to < from) report('`to` not before `from`', `${from} to ${to}`, 'correct the years.', 'to');
    else if (missing !== undefined)
      report(`\`when\` to name the year ${missing}`, `'${when}'`, 'correct the one or the other.', 'when');
  });

/** The style sheet (styles/timeline.css) can choose among so many. */
const chosenMax = 4;
const timelineSchema = z
  .strictObject({
    title: text,
    about: text,
    threads: z
      .array(z.strictObject({ id, name: text, about: text }))
      .min(2)
      .max(chosenMax),
    spans: z
      .array(z.strictObject({ id, name: text, from: year, to: year }))
      .min(2)
      .max(chosenMax),
    events: z.array(event).min(2),
  })
  .superRefine(({ threads, spans, events }, context) => {
    const known = threads.map((thread) => thread.id);
    for (const [index, one] of events.entries()) {
      const path = (...more: PropertyKey[]) => ['events', index, ...more];
      const report = (expected: string, found: string, fix: string, at: PropertyKey[]) =>
        context.addIssue({ code: 'custom', message: expected, params: { found, fix }, path: at });
      const before = events[index - 1];
      if (before !== undefined && before.from > one.from)
        report('events in order of `from`', `${one.from} after ${before.from}`, 'move it up.', path('from'));
      for (const [at, thread] of one.threads.entries())
        if (!known.includes(thread))
          report(
            `one of ${known.join(', ')}`,
            `'${thread}'`,
            'correct it, or add it to `threads`.',
            path('threads', at),
          );
      if (!spans.some((span) => span.from <= one.from && one.from <= span.to))
        report('a span of years that holds it', String(one.from), 'widen one of `spans`.', path('from'));
    }
  });
type File = z.output<typeof timelineSchema>;

export interface TimelineEvent {
  readonly when: string;
  readonly what: string;
  readonly doubt: string | undefined;
  readonly sources: readonly { readonly name: string; readonly url: string }[];
  /** Of its threads and of the spans that it touches: positions, from 0. */
  readonly threads: readonly number[];
  readonly spans: readonly number[];
}

export interface Timeline {
  readonly title: string;
  readonly about: string;
  /** `count`: how many events. */
  readonly threads: readonly { readonly name: string; readonly about: string; readonly count: number }[];
  readonly spans: readonly { readonly name: string; readonly years: string; readonly count: number }[];
  readonly events: readonly TimelineEvent[];
  /** Pairs of a thread and a span in which nothing lies. */
  readonly empty: readonly { readonly thread: number; readonly span: number }[];
}

/** Checks the text of a timeline file. Throws ContentProblem. */
export function parseTimeline(path: string, source: string): YamlFile<File> {
  return parseYaml(path, source, timelineSchema);
}

/** The timeline of a chapter's folder, its texts as HTML. Throws ContentProblem. */
export function readTimeline(folder: string): Timeline {
  const path = `${folder}/timeline.yml`;
  return ready(path, readYaml(path, timelineSchema).value);
}

/** `path` is named where a source is not in content/references.yml. */
export function ready(path: string, file: File): Timeline {
  const html = (source: string) => inlineHtml(source, (run) => `{${run}}`);
  const events = file.events.map(({ from, to = from, ...one }) => ({
    when: one.when,
    what: html(one.what),
    doubt: one.doubt === undefined ? undefined : html(one.doubt),
    sources: one.sources.map((each) => {
      if (typeof each !== 'string') return each;
      const { short, url } = referenceOf(path, each);
      return { name: short, url };
    }),
    threads: file.threads.flatMap((thread, index) => (one.threads.includes(thread.id) ? [index] : [])),
    spans: file.spans.flatMap((span, index) => (span.from <= to && from <= span.to ? [index] : [])),
  }));
  const count = (holds: (each: TimelineEvent) => boolean) => events.filter(holds).length;
  return {
    title: file.title,
    about: html(file.about),
    threads: file.threads.map(({ name, about }, index) => ({
      name,
      about,
      count: count((each) => each.threads.includes(index)),
    })),
    spans: file.spans.map(({ name, from, to }, index) => ({
      name,
      years: `${from}–${to}`,
      count: count((each) => each.spans.includes(index)),
    })),
    events,
    empty: file.threads.flatMap((_, thread) =>
      file.spans.flatMap((__, span) =>
        count((each) => each.threads.includes(thread) && each.spans.includes(span)) === 0
          ? [{ thread, span }]
          : [],
      ),
    ),
  };
}
