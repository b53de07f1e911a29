// Progress without a browser: what is stored of each kind, migration of what version 1 stored, merging, files,
// two tabs at once, and storage that is forbidden, full or broken. The real IndexedDB is tried in tests/site.
import fc from 'fast-check';
import { describe, expect, test, vi } from 'vitest';
import { FileProblem, fileText, readFile } from '../../src/islands/progress/file.ts';
import { merge } from '../../src/islands/progress/merge.ts';
import { fromVersion1 } from '../../src/islands/progress/migrate.ts';
import { Progress } from '../../src/islands/progress/progress.ts';
import { keyOf, type ProgressRecord, readRecord } from '../../src/islands/progress/records.ts';
import { answered, Clock, Memory, page, question, version1 } from './progress-fixtures.ts';

vi.spyOn(console, 'warn').mockImplementation(() => undefined);

const versions = (atMs: number, text: string, before: string | null = null): ProgressRecord => ({
  kind: 'versions',
  name: 'lb',
  atMs,
  value: { mine: { 'lb/a.ts': text }, setAside: before === null ? null : { 'lb/a.ts': before } },
});

describe('version 1, entries of localStorage', () => {
  test('becomes records, and what is broken is set aside with its text and a reason', () => {
    const { records, asides } = fromVersion1(version1, 5_000);
    const byKey = new Map(records.map((record) => [keyOf(record.kind, record.name), record.value]));
    expect([...byKey.keys()]).toEqual([
      'answered load-balancing:why-a-third',
      'answered load-balancing:the-bound',
      'answered load-balancing:in-which-order',
      'predicted load-balancing:kill-app',
      'versions load-balancer',
      'versions load-balancer/retry',
    ]);
    expect(byKey.get('answered load-balancing:the-bound')).toEqual({
      answer: { kind: 'number', value: 180 },
      seed: 7,
      tries: [],
    });
    expect(byKey.get('predicted load-balancing:kill-app')).toEqual({
      said: { share: 1, lost: 12.5, curve: [90, 90, 60.5] },
      near: null,
      of: null,
    });
    expect(byKey.get('versions load-balancer')).toEqual({
      mine: { 'load-balancer/pick.ts': '// mine\n' },
      setAside: { 'load-balancer/app.ts': '// before\n' },
    });
    expect(asides.map(({ key, held }) => [key, held])).toEqual(version1.slice(-3));
    for (const record of records) expect(readRecord(structuredClone(record))).toEqual(record);
  });

  test('is taken over once, never over something newer, and stays deleted', async () => {
    const memory = new Memory();
    const open = () => Progress.open({ backing: memory, wire: null, nowMs: () => 9_000, version1 });
    const first = await open();
    expect(first.all()).toHaveLength(6);
    expect(first.asides).toHaveLength(3);
    first.update('answered', 'load-balancing:why-a-third', () => ({ ...question, seed: 3, tries: [] }));
    await first.settled();
    const second = await open();
    expect(second.get('answered', 'load-balancing:why-a-third')?.seed).toBe(3);
    expect(second.asides).toHaveLength(3);
    await second.clear();
    expect((await open()).all()).toEqual([]);
  });
});

describe('keeping', () => {
  test('what was changed is there on the next page, and a change to the same is no write', async () => {
    const memory = new Memory();
    const one = await page(memory);
    one.update('read', 'c', () => ({ sections: ['a', 'b'] }));
    await one.settled();
    const { writes } = memory;
    one.update('read', 'c', () => ({ sections: ['a', 'b'] }));
    await one.settled();
    expect(memory.writes).toBe(writes);
    expect((await page(memory)).get('read', 'c')).toEqual({ sections: ['a', 'b'] });
    expect(one.notice).toBe('');
  });

  test.each([
    ['a text', 'nonsense'],
    ['a value of another shape', { kind: 'read', name: 'c', atMs: 1, value: { sections: [1] } }],
    ['another name than its key', { kind: 'read', name: 'd', atMs: 1, value: { sections: [] } }],
    ['a moment that is none', { kind: 'read', name: 'c', atMs: -1, value: { sections: [] } }],
  ])('a record that is %s is set aside, said, and kept as it was found', async (_, raw) => {
    const memory = new Memory(new Map([['read c', raw as unknown]]));
    const one = await page(memory);
    expect(one.get('read', 'c')).toBeUndefined();
    expect(one.notice).toContain('could not be read');
    expect(one.asides.map(({ key, held }) => [key, held])).toEqual([
      ['read c', typeof raw === 'string' ? raw : JSON.stringify(raw)],
    ]);
    const next = await page(memory);
    expect([next.asides.length, next.notice, memory.rows.size]).toEqual([1, '', 0]);
  });

  test('where storage is forbidden, full, or taken by a newer version, all works and that is said', async () => {
    const full = new Memory();
    full.isFull = true;
    const closed = new Memory();
    for (const backing of [null, full, closed]) {
      const one = await page(backing);
      one.update('read', 'c', () => ({ sections: ['a'] }));
      await one.settled();
      backing?.onGone();
      expect(one.get('read', 'c')).toEqual({ sections: ['a'] });
      expect(one.notice).toContain('gone when');
    }
  });
});

describe('two tabs', () => {
  test('that write the same record keep both their work', async () => {
    const memory = new Memory();
    const clock = new Clock(1_000);
    const [one, two] = [await page(memory, clock), await page(memory, clock)];
    for (const [tab, right] of [
      [one, false],
      [two, true],
    ] as const) {
      clock.nowMs += 10;
      const atMs = clock.nowMs;
      tab.update('answered', 'c:q', (old) => ({
        ...question,
        tries: [...(old?.tries ?? []), { atMs, right }],
      }));
      tab.update('versions', 'lb', () => ({ mine: { 'lb/a.ts': String(right) }, setAside: null }));
      await tab.settled();
    }
    const third = await page(memory);
    expect(third.get('answered', 'c:q')?.tries.map(({ right }) => right)).toEqual([false, true]);
    expect(third.get('versions', 'lb')).toEqual({
      mine: { 'lb/a.ts': 'true' },
      setAside: { 'lb/a.ts': 'false' },
    });
  });

  test('tell each other what they wrote, and that all was deleted', async () => {
    const memory = new Memory();
    const heard = Promise.withResolvers<readonly string[]>();
    const wires: {
      postMessage: (data: unknown) => void;
      onmessage: ((event: { data: unknown }) => void) | null;
    }[] = [];
    const join = async () => {
      const own = {
        onmessage: null,
        postMessage: (data: unknown) => {
          for (const other of wires) if (other !== own) other.onmessage?.({ data: structuredClone(data) });
        },
      };
      wires.push(own);
      return page(memory, new Clock(1_000), own);
    };
    const [one, two] = [await join(), await join()];
    two.onChange(heard.resolve);
    one.update('read', 'c', () => ({ sections: ['a'] }));
    expect(await heard.promise).toEqual(['read c']);
    expect(two.get('read', 'c')).toEqual({ sections: ['a'] });
    await one.clear();
    expect(two.all()).toEqual([]);
  });
});

describe('merging', () => {
  const record = fc.oneof(
    fc
      .tuple(fc.nat(50), fc.array(fc.boolean(), { maxLength: 4 }))
      .map(([at, rights]) => answered(at + 10, ...rights)),
    fc.tuple(fc.nat(50), fc.constantFrom('x', 'y', 'z')).map(([at, text]) => versions(at, text)),
  );
  test('twice the same changes nothing, and no text of a version is lost', () => {
    fc.assert(
      fc.property(record, record, (a, b) => {
        if (a.kind !== b.kind) return;
        const { kept, lost } = merge(a, b);
        expect(merge(kept, b)).toEqual({ kept, lost: null });
        if (a.kind === 'versions')
          for (const text of [a, b]) {
            const [own] = Object.values(text.kind === 'versions' ? text.value.mine : {});
            expect(JSON.stringify([kept, lost])).toContain(`"${own}"`);
          }
      }),
      { seed: 4711 },
    );
  });

  test('the newer wins; a version that loses is put away, or given back where there is no room', () => {
    const { kept, lost } = merge(versions(2, 'new'), versions(1, 'old'));
    expect([kept.value, lost]).toEqual([
      { mine: { 'lb/a.ts': 'new' }, setAside: { 'lb/a.ts': 'old' } },
      null,
    ]);
    expect(merge(versions(2, 'new', 'newer'), versions(1, 'old')).lost).toEqual(versions(1, 'old'));
    const said = (atMs: number, part: number): ProgressRecord => ({
      kind: 'predicted',
      name: 'c:p',
      atMs,
      value: { said: { part }, near: 0, of: 1 },
    });
    expect(merge(said(2, 5), said(1, 7))).toEqual({ kept: said(2, 5), lost: said(1, 7) });
    expect(merge(said(2, 5), said(1, 5)).lost).toBeNull();
  });
});

describe('files', () => {
  test('hold everything: saved, deleted and taken in, it is all there; taken in again, nothing changes', async () => {
    const memory = new Memory();
    const one = await Progress.open({ backing: memory, wire: null, nowMs: () => 5_000, version1 });
    const [records, asides] = [one.all(), [...one.asides]];
    const text = fileText(records, asides, new Date(5_000));
    await one.clear();
    const file = readFile(text, 6_000);
    expect(await one.take(file.records, file.asides)).toBe(records.length);
    expect(await one.take(file.records, file.asides)).toBe(0);
    const next = await page(memory);
    expect([next.all(), next.asides, file.unreadable]).toEqual([records, asides, 0]);
  });

  test('that are not ours are refused as expected, found, fix', () => {
    const found = (text: string): string => {
      try {
        readFile(text, 1);
      } catch (error) {
        if (error instanceof FileProblem) return error.message;
      }
      return 'taken';
    };
    expect(found('{"format":')).toBe(
      'Expected a file that “Save as a file” on this page has made, found a file that is not JSON. Choose that file; its name begins with brownout-progress. Nothing here was changed.',
    );
    expect(found('')).toContain('found an empty file');
    expect(found('[]')).toContain('found JSON of another kind');
    expect(found('{"format":"brownout-progress","version":3,"records":[]}')).toContain('found version 3');
    expect(found('{"format":"brownout-progress","version":2}')).toContain('lost its version or its records');
  });

  test('with a bad record give the others, and that one set aside; a moment in the future is now', () => {
    const text = JSON.stringify({
      format: 'brownout-progress',
      version: 2,
      records: [answered(99, true), { kind: '__proto__', name: '<b>', value: 1 }],
    });
    const { records, asides, unreadable } = readFile(text, 50);
    expect([records.map(({ atMs }) => atMs), unreadable]).toEqual([[50], 1]);
    expect(asides[0]?.key).toBe('__proto__ <b>');
  });
});
