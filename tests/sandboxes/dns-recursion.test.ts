// The recursor of the sandbox dns, with servers made up by the test: what it believes, and that every loop has an end.
// Opens no port: whom it asks is a function. dns-servers.test.ts asks real ones.
import fc from 'fast-check';
import { expect, test, vi } from 'vitest';
import type { Asker } from '../../sandboxes/dns/ask.ts';
import { Cache } from '../../sandboxes/dns/cache.ts';
import { type Message, query } from '../../sandboxes/dns/message.ts';
import type { DnsRecord } from '../../sandboxes/dns/records.ts';
import { QUESTIONS_MAX, Recursor } from '../../sandboxes/dns/recurse.ts';

const record = (line: string): DnsRecord => {
  const [name = '', ttl, type = '', ...data] = line.split(' ');
  return { name, ttl: Number(ttl), type, data: data.join(' ') };
};
type Said = Partial<Record<'answer' | 'authority' | 'additional', readonly string[]>> & {
  readonly code?: Message['code'];
};

/** Servers by address, each with what it says to `name TYPE`; '*' to anything. */
function recursor(servers: Readonly<Record<string, Readonly<Record<string, Said>>>>) {
  const asked: string[] = [];
  const ask: Asker = async ({ name, type }, { address }) => {
    asked.push(`${address} ${name} ${type}`);
    const said = servers[address]?.[`${name} ${type}`] ?? servers[address]?.['*'];
    if (said === undefined) throw new Error('silent');
    const section = (lines: readonly string[] = []) => lines.map(record);
    return {
      ...query(0, name, type),
      isResponse: true,
      isAuthoritative: said.answer !== undefined,
      code: said.code ?? 'NOERROR',
      answer: section(said.answer),
      authority: section(said.authority),
      additional: section(said.additional),
    };
  };
  const one = new Recursor(new Cache(), ask, [{ address: 'root', port: 53 }]);
  const resolve = async (name: string, type = 'A') => {
    const { code, answer } = await one.resolve({ name, type }, { left: QUESTIONS_MAX });
    return [code, ...answer.map(({ data }) => data)];
  };
  return { asked, resolve };
}

const toCom = { authority: ['com. 60 NS a.com.'], additional: ['a.com. 60 A 10.0.0.1'] };

test('asks from the root down once, and then the nearest zone that it knows', async () => {
  const { asked, resolve } = recursor({
    root: { '*': toCom },
    '10.0.0.1': { '*': { authority: ['x.com. 60 NS ns.x.com.'], additional: ['ns.x.com. 60 A 10.0.0.2'] } },
    '10.0.0.2': {
      'www.x.com. A': { answer: ['www.x.com. 60 CNAME x.com.', 'x.com. 60 A 10.1.1.1'] },
      '*': { answer: ['y.x.com. 60 A 10.1.1.2'] },
    },
  });
  expect(await resolve('www.x.com.')).toEqual(['NOERROR', 'x.com.', '10.1.1.1']);
  expect(await resolve('X.com.')).toEqual(['NOERROR', '10.1.1.1']);
  expect(await resolve('y.x.com.')).toEqual(['NOERROR', '10.1.1.2']);
  expect(asked.map((one) => one.split(' ')[0])).toEqual(['root', '10.0.0.1', '10.0.0.2', '10.0.0.2']);
});

test('believes nothing about names outside the zone of whom it asked', async () => {
  const evil = 'bank.net. 60 A 6.6.6.6';
  const { asked, resolve } = recursor({
    root: { 'www.evil.com. A': toCom, '*': { answer: ['bank.net. 60 A 10.9.9.9'] } },
    '10.0.0.1': {
      '*': {
        answer: ['www.evil.com. 60 A 10.2.2.2', evil],
        authority: ['net. 60 NS a.com.'],
        additional: [evil],
      },
    },
  });
  expect(await resolve('www.evil.com.')).toEqual(['NOERROR', '10.2.2.2']);
  expect(await resolve('bank.net.')).toEqual(['NOERROR', '10.9.9.9']);
  expect(asked.at(-1)).toBe('root bank.net. A');
});

test.each<[string, Parameters<typeof recursor>[0]]>([
  [
    'aliases in a circle',
    { root: { 'a. A': { answer: ['a. 60 CNAME b.'] }, 'b. A': { answer: ['b. 60 CNAME a.'] } } },
  ],
  ['an alias of itself', { root: { '*': { answer: ['a. 60 CNAME a.'] } } }],
  ['a referral to the same zone', { root: { '*': { authority: ['. 60 NS b.'] } } }],
  ['a referral to a zone beside', { root: { '*': { authority: ['z. 60 NS b.'] } } }],
  [
    'servers whose addresses lie in their own zone, untold',
    { root: { '*': { authority: ['a. 60 NS ns.a.'] } } },
  ],
  [
    'two zones that name each other',
    { root: { 'a. A': { authority: ['a. 60 NS ns.b.'] }, '*': { authority: ['b. 60 NS ns.a.'] } } },
  ],
  ['a server that refuses', { root: { '*': { code: 'REFUSED' } } }],
  ['silence', {}],
])('%s end in SERVFAIL, within the limit of questions', async (_, servers) => {
  const { asked, resolve } = recursor(servers);
  expect((await resolve('a.'))[0]).toBe('SERVFAIL');
  expect(asked.length).toBeLessThanOrEqual(QUESTIONS_MAX);
});

test('those who ask the same at once wait for one answer', async () => {
  const { asked, resolve } = recursor({ root: { '*': { answer: ['a. 60 A 10.0.0.9'] } } });
  const all = await Promise.all([resolve('a.'), resolve('A.'), resolve('a.')]);
  expect(new Set(all.flat())).toEqual(new Set(['NOERROR', '10.0.0.9']));
  expect(asked).toHaveLength(1);
});

test('whatever servers say, a question has an answer, within the limit', async () => {
  const name = fc.constantFrom('.', 'a.', 'b.a.', 'c.b.a.', 'ns.a.', 'ns.b.a.');
  const line = fc
    .tuple(name, fc.constantFrom(0, 60), fc.constantFrom('A', 'NS', 'CNAME', 'SOA'), name)
    .map(
      ([owner, ttl, type, data]) =>
        `${owner} ${ttl} ${type} ${type === 'A' ? 'root' : type === 'SOA' ? 'a. b. 1 2 3 4 5' : data}`,
    );
  const lines = fc.array(line, { maxLength: 3 });
  const said = fc.record({ answer: lines, authority: lines, additional: lines }, { requiredKeys: [] });
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(
        name.map((one) => `${one} A`),
        said,
      ),
      said,
      async (some, other) => {
        const { asked, resolve } = recursor({ root: { ...some, '*': other } });
        for (const one of ['c.b.a.', 'a.', 'c.b.a.']) {
          const before = asked.length;
          expect(['NOERROR', 'NXDOMAIN', 'SERVFAIL']).toContain((await resolve(one))[0]);
          expect(asked.length - before).toBeLessThanOrEqual(QUESTIONS_MAX);
        }
      },
    ),
    { numRuns: 1000 },
  );
});

test('what is kept counts down, and is forgotten when its time is over', () => {
  const now = vi.spyOn(performance, 'now').mockReturnValue(0);
  const cache = new Cache();
  cache.keep([record('a. 6 A 10.0.0.1'), record('a. 6 A 10.0.0.2')], 'A');
  cache.keep([record('z. 0 A 10.0.0.3')], 'A');
  expect(cache.find({ name: 'z.', type: 'A' })).toBeUndefined();
  now.mockReturnValue(2500);
  expect(cache.find({ name: 'A.', type: 'A' })?.answer.map(({ ttl, data }) => `${ttl} ${data}`)).toEqual([
    '3 10.0.0.1',
    '3 10.0.0.2',
  ]);
  expect(cache.find({ name: 'a.', type: 'A' })?.answer[0]?.data).toBe('10.0.0.2');
  expect(cache.counts()).toEqual({ entries: 1, negatives: 0 });
  now.mockReturnValue(6000);
  expect(cache.find({ name: 'a.', type: 'A' })).toBeUndefined();
  now.mockRestore();
});
