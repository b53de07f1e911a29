// assignment.json and what hangs on it: due times in zones that skip and repeat hours, what being late leaves, seeds, ids, and every
// refusal with what to do. Properties print their seeds.
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  compareVersions,
  idOf,
  itemName,
  problemsOf,
  questionName,
  readAssignment,
} from '../../src/teaching/assignment.ts';
import { instantOf, localOf } from '../../src/teaching/due.ts';
import { readExtensions } from '../../src/teaching/extensions.ts';
import { percentLeft } from '../../src/teaching/late.ts';
import { seedOf } from '../../src/teaching/seeds.ts';

const quiz = { kind: 'quiz' as const, chapter: 'dns', questions: 'all' as const, weight: 2 };
const good = {
  format: 'brownout-assignment' as const,
  version: 1 as const,
  title: 'Week 3',
  course: '0.1.0',
  items: [quiz],
  due: { local: '2026-11-30T23:59', zone: 'Europe/Vienna' },
  salt: 'a-long-salt',
};
const read = (change: object) => readAssignment('a.json', JSON.stringify({ ...good, ...change }));

test('an assignment is read, and its id does not depend on how it is laid out', () => {
  const assignment = read({});
  expect(assignment).toMatchObject({ points: 100, attempts: 'last', triesMax: 100, late: [] });
  expect(assignment.items).toEqual([{ ...quiz, pool: 'practice' }]);
  expect(new Date(assignment.dueMs).toISOString()).toBe('2026-11-30T22:59:00.000Z');
  const turned = Object.fromEntries(Object.entries(good).reverse());
  expect(readAssignment('b.json', JSON.stringify(turned, null, 3)).id).toBe(assignment.id);
  expect(idOf({ ...good, title: 'Week 4' })).not.toBe(assignment.id);
});

test('practice and graded questions of a chapter stand in one assignment, each by a name of its own', () => {
  const { items } = read({ items: [quiz, { ...quiz, pool: 'graded' }] });
  expect(items.map(itemName)).toEqual(['quiz dns', 'graded quiz dns']);
  const names = items.map((item) => (item.kind === 'quiz' ? questionName(item, 'q') : ''));
  expect(names).toEqual(['dns:q', 'dns/graded:q']);
});

test('the one in the guide for instructors can be used as it stands', () => {
  const [, json = ''] = /```json\n(.*?)```/s.exec(readFileSync('content/teach/guide.md', 'utf8')) ?? [];
  expect(readAssignment('guide.md', json).items.map(itemName)).toEqual([
    'graded quiz load-balancing',
    'load-balancer/retry',
  ]);
});

test('what is wrong is said, with what to do', () => {
  const late = [
    { afterHours: 24, percent: 50 },
    { afterHours: 1, percent: 80 },
  ];
  const refused: readonly [object, string][] = [
    [{ version: 2 }, 'a.json: expected version 1 of assignment.json, found version 2: update the course'],
    [{ items: [{ ...quiz, weight: 0 }] }, 'expected a weight above 0 on at least one item'],
    [{ items: [quiz, quiz] }, "expected each item once, found 'quiz dns' twice"],
    [{ late }, 'expected late steps with rising hours and falling percent, found 24 h: 50%, 1 h: 80%'],
    [{ triesMax: 0 }, 'expected triesMax: '],
    [{ items: [{ ...quiz, pool: 'open' }] }, 'items.0.pool'],
    [{ score: 1 }, "expected only known fields in the file, found 'score'"],
    [{ salt: 'short' }, 'expected salt: at least 8 characters'],
    [
      { due: { local: '2026-11-30T23:59', zone: 'Mars/Base' } },
      'a.json: due: expected a zone of the IANA database',
    ],
    [{ due: { ...good.due, local: '2026-02-30T10:00' } }, 'expected a date and time of the calendar'],
  ];
  for (const [change, words] of refused) expect(() => read(change)).toThrow(words);
});

test('a page is told all that is wrong, field by field, and nothing where the file can be used', () => {
  const [weight, hours] = [Number.NaN, undefined];
  const bad = { title: '', items: [{ ...quiz, weight }], salt: 'x', points: 0, triesMax: 1.5 };
  const due = { local: '2026-03-29T02:30', zone: 'Europe/Vienna' };
  const all = problemsOf({ ...good, ...bad, due, late: [{ afterHours: hours, percent: 200 }] });
  expect(all.map(({ at, complaint }) => `${at}: ${complaint.expected}, found ${complaint.found}`)).toEqual([
    'title: a title, found none',
    'items.0.weight: a number, found no number',
    'late.0.afterHours: a number, found nothing',
    'late.0.percent: at most 100, found more',
    'triesMax: a whole number, found a number',
    'points: more than 0, found less',
    'salt: at least 8 characters, found fewer',
    'due: a time that Europe/Vienna has, found 2026-03-29T02:30: clocks are set forward by 60 minutes there',
  ]);
  const change = fc.record(
    {
      title: fc.constantFrom('', ' ', 'Week 4'),
      items: fc.array(fc.constantFrom(quiz, { ...quiz, weight: 0 }, { ...quiz, pool: 'graded' }, 7)),
      late: fc.array(fc.record({ afterHours: fc.integer(), percent: fc.integer({ max: 101 }) }), {
        maxLength: 2,
      }),
      due: fc.constantFrom(due, good.due, {}),
      triesMax: fc.integer({ min: 0, max: 101 }),
    },
    { requiredKeys: [] },
  );
  fc.assert(
    fc.property(change, (changed) => {
      const isRead = problemsOf({ ...good, ...changed }).length === 0;
      if (isRead) expect(read(changed).id).toHaveLength(16);
      else expect(() => read(changed)).toThrow('expected');
    }),
  );
});

test('an hour that is skipped names its neighbors, one that comes twice asks which', () => {
  const at = (local: string, zone: string) => () => instantOf({ local, zone });
  expect(at('2026-03-29T02:30', 'Europe/Vienna')).toThrow('take 2026-03-29T01:59 or 2026-03-29T03:00.');
  expect(at('2026-10-04T02:10', 'Australia/Lord_Howe')).toThrow(
    'by 30 minutes there: take 2026-10-04T01:59 or 2026-10-04T02:30.',
  );
  expect(at('2011-12-30T12:00', 'Pacific/Apia')).toThrow('take 2011-12-29T23:59 or 2011-12-31T00:00.');
  expect(at('2026-10-25T02:30', 'Europe/Vienna')).toThrow(
    '"earlier" (2026-10-25T00:30:00Z) or "later" (2026-10-25T01:30:00Z)',
  );
  const twice = { local: '2026-10-25T02:30', zone: 'Europe/Vienna' };
  expect(instantOf({ ...twice, which: 'later' }) - instantOf({ ...twice, which: 'earlier' })).toBe(3_600_000);
});

test('every instant of a zone is found again from its local time', () => {
  const zone = fc.constantFrom(
    'Europe/Vienna',
    'America/New_York',
    'Asia/Kathmandu',
    'Australia/Lord_Howe',
    'UTC',
  );
  const minute = fc.integer({ min: Date.UTC(2020, 0) / 60_000, max: Date.UTC(2035, 0) / 60_000 });
  fc.assert(
    fc.property(zone, minute, (name, minutes) => {
      const local = localOf(minutes * 60_000, name);
      const both = (['earlier', 'later'] as const).map((which) => instantOf({ local, zone: name, which }));
      expect(both).toContain(minutes * 60_000);
    }),
  );
});

test('being late costs what the steps say, and never gives more back', () => {
  const late = [
    { afterHours: 1, percent: 80 },
    { afterHours: 24, percent: 0 },
  ];
  const hour = 3_600_000;
  expect([-hour, 0, hour, hour + 1, 24 * hour, 25 * hour].map((ms) => percentLeft(late, ms))).toEqual([
    100, 100, 100, 80, 80, 0,
  ]);
  fc.assert(
    fc.property(fc.integer(), fc.nat(), (ms, more) => {
      expect(percentLeft(late, ms + more)).toBeLessThanOrEqual(percentLeft(late, ms));
    }),
  );
});

test('seeds differ by salt, question and student, and are the same again', () => {
  const part = fc.string({ minLength: 1 });
  fc.assert(
    fc.property(part, part, part, (salt, question, student) => {
      const seed = seedOf(salt, question, student);
      expect(seed).toBe(seedOf(salt, question, student));
      expect(Number.isInteger(seed) && seed >= 1 && seed < 2 ** 31).toBe(true);
    }),
  );
  expect(new Set([seedOf('a', 'bc', 'd'), seedOf('ab', 'c', 'd'), seedOf('a', 'b', 'cd')]).size).toBe(3);
});

test('extensions say until when, and when it came', () => {
  const table = 'student,due,submitted\r\nann,+48h,\r\nmoodle 7,2026-12-02T10:00,2026-12-01T09:00\r\n';
  const found = readExtensions('e.csv', table, read({}));
  expect(found.get('ann')).toEqual({ dueMs: read({}).dueMs + 48 * 3_600_000, submittedMs: null });
  expect(found.get('moodle 7')?.submittedMs).toBe(Date.parse('2026-12-01T08:00:00Z'));
  expect(() => readExtensions('e.csv', `${table}ann,+1h,\r\n`, read({}))).toThrow(
    "e.csv:4: expected each student once, found 'ann' again",
  );
  expect(() => readExtensions('e.csv', 'student,due\r\nann,soon\r\n', read({}))).toThrow(
    'e.csv:2: expected a date and time',
  );
});

test('versions are compared part by part', () => {
  expect(compareVersions('0.10.0', '0.9.1')).toBe(1);
  expect(compareVersions('0.1.0', '0.1.0')).toBe(0);
});
