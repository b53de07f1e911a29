// The player of LMS packages, part by part and without a browser: what a platform keeps and how it is cut, how time is
// written, where a platform is looked for, when it is told, and what is said when it refuses.
import { describe, expect, it } from 'vitest';
import { isoDuration, timespan12 } from '../../src/islands/lms/durations.ts';
import type { Standing } from '../../src/islands/lms/platform.ts';
import { BETWEEN_REPORTS_MS, Saver } from '../../src/islands/lms/saver.ts';
import { openScorm } from '../../src/islands/lms/scorm.ts';
import { type Around, findApi } from '../../src/islands/lms/scorm-api.ts';
import { type Get, pack, unpack } from '../../src/islands/lms/state.ts';
import type { Launch } from '../../src/teaching/lms/launch-data.ts';

const numbered = (what: string, count: number) => Array.from({ length: count }, (_, at) => `${what}-${at}`);
const launch: Launch = {
  standard: 'scorm-1.2',
  chapter: 'queues',
  title: 'Queues',
  page: 'chapters/queues/index.html',
  sections: numbered('a-section-with-a-long-name', 12),
  questions: numbered('question', 20),
  predictions: ['first'],
  exercises: ['queue/mend'],
};
const words = (length: number): Get => {
  const values: Readonly<Record<string, unknown>> = {
    read: { sections: [...launch.sections, 'gone'] },
    answered: {
      answer: { kind: 'text', value: 'ü'.repeat(length) },
      seed: 7,
      tries: [true, false].map((right) => ({ atMs: 1, right })),
    },
    predicted: { said: { part: [1, 2] }, near: 1, of: 2 },
    exercise: { checks: [{ atMs: 1, passed: true }], solutionSeen: false },
  };
  return (kind) => values[kind] as never;
};

describe('what a platform keeps', () => {
  it('comes back as it was, in ASCII', () => {
    const { text, leftOut } = pack(launch, words(3), 4096);
    expect(leftOut).toBe('');
    expect(text).toMatch(/^[\x20-\x7e]+$/);
    const records = unpack(launch, text, 5) ?? [];
    expect(records).toHaveLength(1 + 20 + 1 + 1);
    expect(records[0]).toEqual({
      kind: 'read',
      name: 'queues',
      atMs: 5,
      value: { sections: launch.sections },
    });
    expect(records[1]?.value).toEqual({
      answer: { kind: 'text', value: 'üüü' },
      seed: 7,
      tries: [
        { atMs: 5, right: true },
        { atMs: 5, right: false },
      ],
    });
  });

  it.each([
    [100, 4096, 'long answers in words'],
    [3, 1300, 'answers and predictions (which were right is kept)'],
    [3, 840, 'all but what was read and which answers were right'],
  ])('is cut by what matters least: words of %i in %i characters', (length, most, leftOut) => {
    const packed = pack(launch, words(length), most);
    expect(packed.leftOut).toBe(leftOut);
    expect(packed.text.length).toBeLessThanOrEqual(most);
    const records = unpack(launch, packed.text, 5) ?? [];
    expect(records.filter(({ kind }) => kind === 'answered')).toHaveLength(20);
    expect(records[0]?.value).toEqual({ sections: launch.sections });
  });

  it('is refused where not even the least fits, and is nothing where it is not ours', () => {
    expect(() => pack(launch, words(3), 300)).toThrow('within 300 characters');
    for (const text of ['', 'x', '[]', 'null', '{"f":2,"r":[],"q":{}}', '{"f":1,"r":{},"q":{}}'])
      expect(unpack(launch, text, 5)).toBe(null);
    const odd =
      '{"f":1,"r":[1,"gone"],"q":{"question-1":5,"question-2":["1x",-1,3],"__proto__":["1"]},"x":7}';
    expect(unpack(launch, odd, 5)?.map(({ kind }) => kind)).toEqual(['read']);
  });
});

it('writes a session in each standard’s way', () => {
  expect([0, 61_239, 36_000_000, 40_000_000_000].map(timespan12)).toEqual([
    '0000:00:00.00',
    '0000:01:01.23',
    '0010:00:00.00',
    '9999:59:59.99',
  ]);
  expect([0, 61_239, 36_000_000, 3_600_010].map(isoDuration)).toEqual([
    'PT0S',
    'PT1M1.23S',
    'PT10H0S',
    'PT1H0.01S',
  ]);
});

describe('a SCORM platform', () => {
  const foreign = (parent: Around): Around =>
    new Proxy({} as Around, {
      get: (_, name) => {
        if (name === 'parent') return parent;
        throw new Error('another origin');
      },
    });

  it('is found above windows of other origins and through an opener, and not in a ring', () => {
    const api = { LMSInitialize: () => 'true' };
    const top: Around & { readonly API: unknown } = { API: api };
    expect(findApi('scorm-1.2', { parent: foreign(foreign(top)) })).toBe(api);
    expect(findApi('scorm-1.2', { parent: {}, opener: { parent: top } })).toBe(api);
    const ring: { parent?: Around } = {};
    ring.parent = { parent: ring };
    expect(findApi('scorm-2004', ring)).toBe(null);
  });

  it('that refuses is told of in its own words, and nothing is reported to one that only looks', async () => {
    const told: string[] = [];
    const API = {
      LMSInitialize: () => 'true',
      LMSGetValue: (name: string) => (name === 'cmi.core.lesson_mode' ? 'review' : ''),
      LMSSetValue: (name: string) => String(told.push(name) === 0),
      LMSCommit: () => 'true',
      LMSFinish: () => 'true',
      LMSGetLastError: () => '405',
      LMSGetErrorString: () => 'Incorrect Data Type',
    };
    const platform = openScorm('scorm-1.2', { window: { parent: { API } as Around }, nowMs: () => 0 });
    const standing: Standing = { state: '{}', section: 'a', isComplete: false, progress: 0, score: null };
    expect(platform?.reports).toBe(false);
    platform?.end(standing);
    expect(told).toEqual([]);
    const again = openScorm('scorm-1.2', { window: { parent: { API } as Around }, nowMs: () => 0 });
    await expect(again?.report(standing)).rejects.toThrow(
      'The learning platform did not take cmi.suspend_data (2 characters): error 405, Incorrect Data Type.',
    );
  });
});

describe('reports', () => {
  it('are made at once, then together after a while, and again where one failed', async () => {
    const log: string[] = [];
    let now = 1_000;
    let waits: (() => void)[] = [];
    let fails = false;
    const saver = new Saver({
      send: async () => {
        log.push(`${now}${fails ? ' failed' : ''}`);
        if (fails) throw new Error('full');
      },
      nowMs: () => now,
      after: (_, callback) => waits.push(callback),
    });
    const pass = async (ms: number): Promise<void> => {
      now += ms;
      const due = waits;
      waits = [];
      for (const one of due) one();
      await saver.flush();
    };
    saver.changed();
    await saver.flush();
    for (let at = 0; at < 5; at++) saver.changed();
    expect([log, waits.length]).toEqual([['1000'], 1]);
    fails = true;
    await pass(BETWEEN_REPORTS_MS);
    fails = false;
    await pass(BETWEEN_REPORTS_MS);
    await pass(BETWEEN_REPORTS_MS);
    expect(log).toEqual(['1000', '11000 failed', '21000']);
  });
});
