// The pure parts of the sandbox shared-hosting by properties: which site a request is for, and what lines promise.
// Starts no process; shared-hosting-local.test.ts does. fast-check prints the seed of what fails.
import fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import { mine as solution } from '../../sandboxes/shared-hosting/exercises/fair-queue/solution/mine.ts';
import { fair } from '../../sandboxes/shared-hosting/fair.ts';
import { fifo } from '../../sandboxes/shared-hosting/fifo.ts';
import { type Head, siteOf } from '../../sandboxes/shared-hosting/hosts.ts';
import { type Line, lineCalled, type Room } from '../../sandboxes/shared-hosting/line.ts';
import { mine } from '../../sandboxes/shared-hosting/mine.ts';
import { quota } from '../../sandboxes/shared-hosting/quota.ts';
import { sites } from '../../sandboxes/shared-hosting/sites.ts';

const own = ['server', 'localhost', '127.0.0.1', '[::1]'];
const head = (rawHeaders: string[], url = '/page/7', httpVersion = '1.1'): Head => ({
  httpVersion,
  url,
  rawHeaders,
});
const named = (...args: Parameters<typeof head>) => siteOf(head(...args), sites, own);

/** The same name as people and programs write it: any case, with a port, with the dot at its end. */
const written = fc
  .tuple(
    fc.constantFrom(...sites),
    fc.infiniteStream(fc.boolean()),
    fc.boolean(),
    fc.constantFrom('', ':', ':80', ':8080'),
  )
  .map(([site, upper, dot, port]) => {
    const name = [...site]
      .map((letter) => (upper.next().value === true ? letter.toUpperCase() : letter))
      .join('');
    return { site, text: `${name}${dot ? '.' : ''}${port}` };
  });

describe('hosts', () => {
  test('a site is found however its name is written', () => {
    fc.assert(
      fc.property(written, fc.constantFrom('host', 'Host', 'HOST'), ({ site, text }, name) => {
        expect(named([name, text])).toEqual({ site, path: '/page/7' });
      }),
    );
  });

  test('a target with a name in it outranks the header (RFC 9112, 3.2.2)', () => {
    fc.assert(
      fc.property(written, fc.constantFrom(...sites), ({ site, text }, other) => {
        expect(named(['Host', other], `http://${text}/page/7?id=1`)).toEqual({ site, path: '/page/7?id=1' });
      }),
    );
    expect(named(['Host', 'x'], 'http://ants.example')).toEqual({ site: 'ants.example', path: '/' });
    expect(named(['Host', 'x'], 'http://ants.example?a')).toEqual({ site: 'ants.example', path: '/?a' });
  });

  test('the server answers to its own names, and to HTTP/1.0 without a name', () => {
    for (const name of own)
      expect(named(['Host', `${name}:8080`])).toEqual({ site: 'server', path: '/page/7' });
    expect(named([], '/', '1.0')).toEqual({ site: 'server', path: '/' });
    expect(named(['Host', 'ants.example'], '/', '1.0')).toEqual({ site: 'ants.example', path: '/' });
  });

  test('what is missing, twice, misspelled or unknown is refused, and says why', () => {
    const said = (rawHeaders: string[], url = '/') => {
      const found = named(rawHeaders, url);
      return 'status' in found ? `${found.status}: ${found.reason}` : found.site;
    };
    expect([
      said([]),
      said(['Host', 'ants.example', 'host', 'ants.example']),
      said(['Host', '']),
      said(['Host', 'ants.example:80:80']),
      said(['Host', 'a b']),
      said(['Host', 'ants.example'], 'http://me@bread.example/'),
      said(['Host', 'nobody.example']),
    ]).toMatchInlineSnapshot(`
      [
        "400: expected a Host header, found none: name the site in it",
        "400: expected one Host header, found 2: send one",
        "400: expected a host name, found '': correct it",
        "400: expected a host name, found 'ants.example:80:80': correct it",
        "400: expected a host name, found 'a b': correct it",
        "400: expected a host name, found 'me@bread.example': correct it",
        "421: no site nobody.example on this server: ask the one that has it",
      ]
    `);
  });

  test('10,000 hostile heads: a known site, 400 or 421, and never an exception', () => {
    const piece = fc.oneof(
      fc.constantFrom(
        'ants.example',
        ':',
        '.',
        '@',
        '[',
        ']',
        '%00',
        ' ',
        '\t',
        ',',
        '/',
        '..',
        'http://',
        '80',
        '\u0000',
      ),
      fc.string({ maxLength: 6 }),
    );
    const text = fc.array(piece, { maxLength: 6 }).map((pieces) => pieces.join(''));
    const raw = fc.array(fc.tuple(fc.constantFrom('host', 'Host', 'hosts', 'x-host'), text), {
      maxLength: 3,
    });
    fc.assert(
      fc.property(raw, text, fc.constantFrom('1.0', '1.1'), (headers, url, version) => {
        const found = named(headers.flat(), url, version);
        const twice = headers.filter(([name]) => name.toLowerCase() === 'host').length > 1;
        if ('status' in found) return found.status === 400 || (found.status === 421 && !twice);
        return !twice && (found.site === 'server' || sites.includes(found.site));
      }),
      { numRuns: 10_000 },
    );
  });
});

interface Job {
  readonly site: string;
  readonly number: number;
}
const room: Room = { all: 12, perSite: 4 };
/** A site whose request comes, or null where the server has time. */
const doings = fc.array(fc.option(fc.constantFrom('a', 'b', 'c', 'd'), { freq: 2 }), { maxLength: 120 });

/** Does it, and gives back who was let in and who came out, with how many waited of each site at that time. */
function play(line: Line<Job>, steps: readonly (string | null)[]) {
  const inside: Job[] = [];
  const out: { job: Job; waiting: Job[] }[] = [];
  const refused: Job[] = [];
  const waiting: Job[] = [];
  const take = (): Job | undefined => {
    const job = line.take();
    if (job) {
      expect(waiting).toContain(job);
      waiting.splice(waiting.indexOf(job), 1);
      out.push({ job, waiting: [...waiting] });
    }
    return job;
  };
  for (const [number, site] of steps.entries()) {
    if (site === null) {
      // Work-conserving: a line with requests gives one out.
      const had = waiting.length;
      expect(take() === undefined).toBe(had === 0);
      continue;
    }
    const job = { site, number };
    const isIn = line.put(job);
    (isIn ? inside : refused).push(job);
    if (isIn) waiting.push(job);
  }
  while (take());
  return { inside, out, refused };
}

describe.each([
  ['fifo', fifo],
  ['fair', fair],
  ['mine, as shipped', mine],
  ['the solution', solution],
] as const)('line: %s', (_, way) => {
  test('whoever is let in comes out once, in the order of his site', () => {
    fc.assert(
      fc.property(doings, (steps) => {
        const { inside, out } = play(way<Job>(room), steps);
        for (const site of ['a', 'b', 'c', 'd']) {
          const came = out.map(({ job }) => job).filter((job) => job.site === site);
          expect(came).toEqual(inside.filter((job) => job.site === site));
        }
      }),
    );
  });
});

describe.each([
  ['fair', fair],
  ['the solution', solution],
] as const)('turns: %s', (_, way) => {
  test('between two turns of a site, every other that waits has one, and exactly one if the site waits too', () => {
    fc.assert(
      fc.property(doings, (steps) => {
        const { out } = play(way<Job>(room), steps);
        for (const [first, { job, waiting }] of out.entries()) {
          const next = out.findIndex((later, index) => index > first && later.job.site === job.site);
          if (next < 0) continue;
          const between = out.slice(first + 1, next).map((one) => one.job.site);
          if (waiting.some((one) => one.site === job.site))
            expect(new Set(between).size).toBe(between.length);
          for (const other of new Set(waiting.map((one) => one.site)))
            if (other !== job.site) expect(between).toContain(other);
        }
      }),
    );
  });

  test('a full line refuses its own site only', () => {
    const line = way<Job>(room);
    const put = (site: string) => line.put({ site, number: 0 });
    expect([1, 2, 3, 4, 5].map(() => put('a'))).toEqual([true, true, true, true, false]);
    expect(put('b')).toBe(true);
  });
});

describe('line: quota', () => {
  afterEach(() => vi.restoreAllMocks());

  test('in any stretch of time a site gets its burst and ten a second, and no more', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 400, noNaN: true }), { maxLength: 60 }), (pausesMs) => {
        let nowMs = 1000;
        vi.spyOn(performance, 'now').mockImplementation(() => nowMs);
        const line = quota<Job>({ all: 1000, perSite: 1000 });
        const passedMs = pausesMs.flatMap((pauseMs, number) => {
          nowMs += pauseMs;
          return line.put({ site: 'a', number }) ? [nowMs] : [];
        });
        for (const [from, fromMs] of passedMs.entries())
          for (const [to, toMs] of passedMs.slice(from).entries())
            expect(to + 1).toBeLessThanOrEqual(10 + (toMs - fromMs) / 100 + 1e-6);
      }),
    );
  });

  test('one site cannot spend what another has', () => {
    vi.spyOn(performance, 'now').mockReturnValue(1000);
    const line = quota<Job>({ all: 1000, perSite: 1000 });
    for (let number = 0; number < 50; number++) line.put({ site: 'a', number });
    expect(line.put({ site: 'a', number: 50 })).toBe(false);
    expect(line.put({ site: 'b', number: 0 })).toBe(true);
  });
});

test('a line that nobody has is refused with the names there are', () => {
  expect(() => lineCalled('constructor', room)).toThrow(
    "LINE: expected one of fifo, quota, fair, mine, found 'constructor': correct LINE",
  );
});
