// What authors of a timeline are told, word for word; and what a page makes of threads, spans and doubts.
// Runs the reader alone; what the page draws of it is seen in the chapter on shared hosting.
import { describe, expect, it } from 'vitest';
import { parseTimeline, readTimeline, ready } from '../../src/build/timeline.ts';

const event = (more: string) =>
  `  - ${more}\n    what: It *is*.\n    sources: [{ name: A, url: 'https://a.example/' }]\n`;
const file = (...events: string[]) =>
  [
    'title: T',
    'about: A',
    'threads: [{ id: net, name: Net, about: n }, { id: host, name: Host, about: h }]',
    'spans: [{ id: old, name: Old, from: 1960, to: 1989 }, { id: new, name: New, from: 1990, to: 2020 }]',
    `events:\n${events.join('')}`,
  ].join('\n');
const inline = (text: string) => event(text.replaceAll('; ', '\n    '));
const one = inline('when: May 1969; from: 1969; threads: [net]');
const two = inline('when: 1988 to 1991; from: 1988; to: 1991; threads: [net, host]');

function complaintOf(text: string): string {
  try {
    parseTimeline('timeline.yml', text);
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
  return 'no complaint';
}

describe('timeline.yml', () => {
  it('must be in order, of known threads, with a source, in a span', () => {
    expect(complaintOf(file(one, two))).toBe('no complaint');
    expect(complaintOf(file(two, one))).toMatchInlineSnapshot(
      `"timeline.yml:13:11: expected events in order of \`from\`, found 1969 after 1988: move it up."`,
    );
    expect(complaintOf(file(one, two.replace('[net, host]', '[net, hosts]')))).toMatchInlineSnapshot(
      `"timeline.yml:14:20: expected one of net, host, found 'hosts': correct it, or add it to \`threads\`."`,
    );
    expect(
      complaintOf(file(one, inline('when: May 2030; from: 2030; threads: [net]'))),
    ).toMatchInlineSnapshot(
      `"timeline.yml:12:11: expected a span of years that holds it, found 2030: widen one of \`spans\`."`,
    );
    expect(complaintOf(file(one, two.replace(/ {4}sources.*\n/, '')))).toMatchInlineSnapshot(
      `"timeline.yml:11:5: expected \`sources\` (array) in events 2, found none: add \`sources:\` there."`,
    );
  });

  it('must cite what the course knows, or give name and address', () => {
    const cites = file(one, two.replace(/sources.*/, 'sources: [nobody-1999]'));
    expect(() => ready('timeline.yml', parseTimeline('timeline.yml', cites).value)).toThrow(
      "timeline.yml: expected a key of content/references.yml, found 'nobody-1999': add it there, or correct its spelling.",
    );
  });

  it('must print the years that it means', () => {
    expect(complaintOf(file(one.replace('May 1969', 'May'), two))).toMatchInlineSnapshot(
      `"timeline.yml:6:11: expected \`when\` to name the year 1969, found 'May': correct the one or the other."`,
    );
    expect(complaintOf(file(one, two.replace('1988 to 1991', 'since 1988')))).toMatchInlineSnapshot(
      `"timeline.yml:11:11: expected \`when\` to name the year 1991, found 'since 1988': correct the one or the other."`,
    );
    expect(complaintOf(file(one, two.replace('to: 1991', 'to: 1987')))).toMatchInlineSnapshot(
      `"timeline.yml:13:9: expected \`to\` not before \`from\`, found 1988 to 1987: correct the years."`,
    );
  });

  it('puts an event of several years into each span that it touches, and knows what is empty', () => {
    const made = ready('timeline.yml', parseTimeline('timeline.yml', file(one, two)).value);
    expect(made.events.map(({ threads, spans }) => ({ threads, spans }))).toEqual([
      { threads: [0], spans: [0] },
      { threads: [0, 1], spans: [0, 1] },
    ]);
    expect(made.events[0]?.what).toBe('It <em>is</em>.');
    expect(made.threads.map(({ count }) => count)).toEqual([2, 1]);
    expect(made.spans.map(({ years }) => years)).toEqual(['1960–1989', '1990–2020']);
    expect(made.empty).toEqual([]);
    expect(ready('timeline.yml', parseTimeline('timeline.yml', file(one, one)).value).empty).toEqual([
      { thread: 0, span: 1 },
      { thread: 1, span: 0 },
      { thread: 1, span: 1 },
    ]);
  });

  it('of the chapter on hosting gives ranges where sources disagree', () => {
    const { events } = readTimeline('content/chapters/02-shared-hosting');
    const ranges = events.filter(({ doubt }) => doubt !== undefined).map(({ when }) => when);
    expect(ranges).toContain('24 or 25 August 2006');
    expect(ranges).toContain('15 or 20 March 2013');
    expect(ranges).toContain('1979 to 1982');
  });
});
