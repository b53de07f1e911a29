// The zones of the sandbox dns: files read and refused line by line, and what a zone says to a question.
// Pure; through the doors of zone.ts and lookup.ts. Messages of mistakes are golden: they are what a person gets to read.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { aliasProblems as solution } from '../../sandboxes/dns/exercises/alias/solution/aliases.ts';
import { lookUp } from '../../sandboxes/dns/lookup.ts';
import { changeZone, readZone, ZoneRefused } from '../../sandboxes/dns/zone.ts';
import { parseZone, problemText } from '../../sandboxes/dns/zone-file.ts';
import { zones } from '../../sandboxes/dns/zones.ts';

const origin = '100xglobal.com.';
const text = zones[origin] ?? '';
const zone = readZone(text, origin);

function refusal(lines: string): string {
  try {
    readZone(`$TTL 60\n@ SOA ns me 1 2 3 4 5\n@ NS ns\n${lines}`, 'x.');
  } catch (error) {
    if (error instanceof ZoneRefused) return error.message;
    throw error;
  }
  return 'taken';
}

describe('a zone file with mistakes', () => {
  test.each([
    [
      // Digits may be split into times in 2^39 ways: whoever tries them all never answers.
      `www ${'9'.repeat(40)}! A 10.0.0.1`,
      `line 4: expected a time in seconds, such as 300 or 5m, found '${'9'.repeat(40)}!': write a whole number up to 2147483647.`,
    ],
    [
      'www A 10.0.0.300',
      "line 4: expected an IPv4 address, such as 192.0.2.1, found '10.0.0.300': write four numbers from 0 to 255.",
    ],
    [
      'www A lb.example.net.',
      "line 4: expected an IPv4 address, such as 192.0.2.1, found 'lb.example.net.': an A record holds an address; for another name use CNAME.",
    ],
    [
      'www AAAA ::g',
      "line 4: expected an IPv6 address, such as 2001:db8::1, found '::g': write groups of hex digits, no `%` and no dots.",
    ],
    [
      '@ MX mail',
      "line 4: expected a number and a name after MX, found 'mail': write all of them, and nothing else.",
    ],
    [
      '@ MX mail 10',
      "line 4: expected a number from 0 to 65535, found 'mail': write the preference first: `MX 10 mail`.",
    ],
    [
      'www 5x A 10.0.0.1',
      "line 4: expected a time in seconds, such as 300 or 5m, found '5x': write a whole number up to 2147483647.",
    ],
    ['www CH A 10.0.0.1', "line 4: expected class IN, found 'CH': this server knows no other."],
    ['www', 'line 4: expected a type, such as A, found the end of the line: write type and data.'],
    [
      'www HINFO a b',
      "line 4: expected a type of A, AAAA, NS, CNAME, PTR, MX, SOA, TXT, found 'HINFO': correct it; a name at the beginning of a line stands without a blank before it.",
    ],
    [
      'www.other. A 10.0.0.1',
      "line 4: expected a name within x., found 'www.other.': take it to the zone that it belongs to.",
    ],
    [
      `${'y'.repeat(64)} A 10.0.0.1`,
      `line 4: expected a name of labels up to 63 bytes, 255 in all, found '${'y'.repeat(64)}' (a label of 64 bytes: 63 is the limit): correct the name.`,
    ],
    [
      'a..b A 10.0.0.1',
      "line 4: expected a name of labels up to 63 bytes, 255 in all, found 'a..b' (two dots without a label between them): correct the name.",
    ],
    ['t TXT "open', 'line 4: expected a text that ends on its line, found `"`: close the quote.'],
    ['t ( TXT "a"', 'line 4: expected `)` for the `(` of this record, found the end of the file: close it.'],
    ['t TXT "a" )', 'line 4: expected `(` before `)`, found `)`: take it away, or open it.'],
    [
      '$INCLUDE other.zone',
      "line 4: expected $ORIGIN or $TTL, found '$INCLUDE': write the records themselves here.",
    ],
    [
      'a A 10.0.0.1\na 7 A 10.0.0.2',
      'line 5: expected TTL 60, as line 4 says for a.x. A (RFC 2181, section 5.2), found 7: give all records of one name and type one TTL.',
    ],
    [
      '@ SOA ns me 1 2 3 4 5',
      'line 4: expected one SOA record, at x., found x. and x.: write `@ IN SOA server mailbox ( serial refresh retry expire minimum )` once.',
    ],
    [
      '@ CNAME lb.example.net.',
      'line 4: expected nothing else at x., which has a CNAME (RFC 1034, section 3.6.2), found SOA and NS beside CNAME lb.example.net.: write the addresses themselves (A, AAAA), or give the alias a name of its own.',
    ],
  ])('%j', (lines, message) => {
    expect(refusal(lines).split('\n')[0]).toBe(message);
  });

  test('says all mistakes at once, and of an empty file what it needs', () => {
    expect(refusal('a A 1\nb A 2\nc A 10.0.0.1').split('\n')).toHaveLength(2);
    expect(() => readZone('', 'x.')).toThrow(
      /expected one SOA record, at x\., found none.*\n.*expected an NS record/,
    );
    expect(problemText({ line: 7, expected: 'a', found: 'b', fix: 'c' })).toBe(
      'line 7: expected a, found b: c.',
    );
  });

  test('10,000 spoiled zone files are taken or refused, each line with what to do', () => {
    const piece = fc.constantFrom(
      '(',
      ')',
      '"',
      ';',
      '\\',
      '\\300',
      '@',
      ' ',
      '\t',
      '\n',
      '$TTL',
      '$ORIGIN x.',
      'CNAME',
      '*',
      '.',
      '..',
      '0',
      '99999999999',
      'é',
      '\0',
      'IN',
      'SOA',
      '1w',
    );
    const change = fc.tuple(
      fc.nat(text.length),
      fc.integer({ min: 0, max: 30 }),
      fc.array(piece, { maxLength: 4 }),
    );
    fc.assert(
      fc.property(fc.array(change, { minLength: 1, maxLength: 5 }), (changes) => {
        let bad = text;
        for (const [at, length, more] of changes)
          bad = bad.slice(0, at) + more.join('') + bad.slice(at + length);
        try {
          expect(readZone(bad, origin).soa.type).toBe('SOA');
        } catch (error) {
          if (!(error instanceof ZoneRefused)) throw error;
          for (const line of error.message.split('\n'))
            expect(line).toMatch(/^line \d+: expected .+, found .+: .+\.$/s);
        }
      }),
      { numRuns: 10_000 },
    );
  }, 30_000);

  test('a word of a million letters is refused, and so is a file beyond the limit', () => {
    expect(parseZone('x'.repeat(1_000_000), 'x.').problems).toHaveLength(1);
    expect(parseZone('x'.repeat(1_000_001), 'x.').problems[0]?.fix).toBe('split the zone');
  });
});

describe('a zone file', () => {
  test('has times with units, parentheses, owners left out, origins and escapes', () => {
    const { records, problems } = parseZone(
      '$TTL 1h30m\n@ IN SOA ns me ( 1 1d\n 2 3 ; a comment ) "\n 4 )\n\tNS ns\n$ORIGIN sub\na\\.b 5 IN TXT "two \\"words\\"" plain\nIN IN 7 A 10.0.0.1 ; a name that looks like a class',
      'x.',
    );
    expect(problems).toEqual([]);
    expect(records.map(({ name, ttl, type, data }) => `${name} ${ttl} ${type} ${data}`)).toEqual([
      'x. 5400 SOA ns.x. me.x. 1 86400 2 3 4',
      'x. 5400 NS ns.x.',
      'a\\.b.sub.x. 5 TXT "two \\"words\\"" "plain"',
      'IN.sub.x. 7 A 10.0.0.1',
    ]);
  });

  test('changes by lines: sets are replaced, taken away, or the whole change is refused', () => {
    const moved = changeZone(zone, '@ 6 A 10.0.0.7');
    expect(lookUp(moved, origin, 'A', 0).answer).toMatchObject([{ data: '10.0.0.7' }]);
    expect(lookUp(changeZone(moved, '- @ A 10.0.0.7'), origin, 'A', 0)).toMatchObject({
      code: 'NOERROR',
      answer: [],
    });
    expect(() => changeZone(zone, '@ CNAME x.')).toThrow(
      /^line 1: expected nothing else at 100xglobal\.com\./,
    );
    expect(() => changeZone(zone, '- @ NS ns')).toThrow(/an NS record/);
  });
});

describe('lookUp', () => {
  const said = (name: string, type: string, turn = 0, where = zone) => {
    const { code, isAuthoritative, answer, authority } = lookUp(where, name, type, turn);
    const shown = (records: typeof answer) =>
      records.map((one) => `${one.name} ${one.ttl} ${one.type} ${one.data.split(' ')[0]}`);
    return [code, isAuthoritative, ...shown(answer), ...shown(authority).map((one) => `by ${one}`)];
  };
  const no = 'by 100xglobal.com. 10 SOA ns.100xglobal.com.';

  test('tells no such name from no such type, and gives the SOA with its time', () => {
    expect(said('events.100xglobal.com.', 'A')).toEqual(['NXDOMAIN', true, no]);
    expect(said('members.100xglobal.com.', 'AAAA')).toEqual(['NOERROR', true, no]);
    // There is nothing at `preview` itself, but something below: so the name is there.
    expect(said('preview.100xglobal.com.', 'A')).toEqual(['NOERROR', true, no]);
  });

  test('follows aliases within the zone, and stops at its border', () => {
    expect(said('WWW.100xglobal.com.', 'A')).toEqual([
      'NOERROR',
      true,
      'WWW.100xglobal.com. 6 CNAME 100xglobal.com.',
      '100xglobal.com. 6 A 10.0.0.6',
    ]);
    const ring = changeZone(zone, 'a CNAME b\nb CNAME a\nout CNAME www.example.net.');
    expect(said('out.100xglobal.com.', 'A', 0, ring)).toEqual([
      'NOERROR',
      true,
      'out.100xglobal.com. 300 CNAME www.example.net.',
    ]);
    expect(said('a.100xglobal.com.', 'A', 0, ring)).toHaveLength(2 + 9);
  });

  test('fills in wildcards below the nearest name that is there, and nowhere else', () => {
    expect(said('any.preview.100xglobal.com.', 'A')).toContain('any.preview.100xglobal.com. 6 A 10.0.0.7');
    expect(said('a.b.preview.100xglobal.com.', 'A')).toContain('a.b.preview.100xglobal.com. 6 A 10.0.0.7');
    expect(said('any.preview.100xglobal.com.', 'MX')).toEqual(['NOERROR', true, no]);
    expect(said('x.members.100xglobal.com.', 'A')).toEqual(['NXDOMAIN', true, no]);
  });

  test('refers to those who have the zone below, with their address', () => {
    const com = readZone(zones['com.'] ?? '', 'com.');
    expect(said('www.100xglobal.com.', 'A', 0, com)).toEqual([
      'NOERROR',
      false,
      'by 100xglobal.com. 86400 NS ns.100xglobal.com.',
    ]);
    expect(lookUp(com, '100xglobal.com.', 'A', 0).additional).toMatchObject([{ data: '10.0.0.5' }]);
    expect(lookUp(com, 'other.com.', 'A', 0).code).toBe('NXDOMAIN');
  });

  test('begins a set of several with each in turn', () => {
    const firsts = [0, 1, 2, 3, 4].map(
      (turn) => lookUp(zone, 'status.100xglobal.com.', 'A', turn).answer[0]?.data,
    );
    expect(firsts).toEqual(['10.0.0.6', '10.0.0.7', '10.0.0.8', '10.0.0.9', '10.0.0.6']);
  });
});

test('the solution of the exercise alias finds every alias that is not alone, in any order', () => {
  const kinds = fc.constantFrom('A 10.0.0.1', 'MX 10 x.', 'CNAME a.', 'CNAME b.', 'CNAME A.');
  const names = fc.constantFrom('one.', 'two.', 'ONE.');
  fc.assert(
    fc.property(fc.array(fc.tuple(names, kinds), { maxLength: 6 }), (pairs) => {
      const records = pairs.map(([name, kind], line) => {
        const [type = '', ...data] = kind.split(' ');
        return { line, name, type, data: data.join(' ') };
      });
      const wrong = new Set(solution(records, 'x.').map(({ line }) => records[line]?.name.toLowerCase()));
      for (const name of ['one.', 'two.']) {
        const told = pairs
          .filter(([each]) => each.toLowerCase() === name)
          .map(([, kind]) => kind.toLowerCase());
        const isWrong = told.some((kind) => kind.startsWith('cname')) && new Set(told).size > 1;
        expect(wrong.has(name)).toBe(isWrong);
      }
    }),
  );
});
