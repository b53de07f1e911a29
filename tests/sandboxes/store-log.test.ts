// The log of replicated-store, read back after every cut and every flipped bit, and what its stores say to strangers.
// Properties, with the seed printed where one fails; a real curl against real processes.
import { spawnSync } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { crc32 as zlibCrc32 } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { crc32 } from '../../sandboxes/replicated-store/crc32.ts';
import {
  EMPTY,
  type LogRecord,
  recordBytes,
  recover,
  type Snapshot,
  snapshotBytes,
} from '../../sandboxes/replicated-store/log.ts';
import { answerIn, shipIn } from '../../sandboxes/replicated-store/wire.ts';
import { portOf, start } from './processes.ts';

const options = { seed: 4711, numRuns: 10_000 };
const texts = fc.record({
  key: fc.string({ maxLength: 12 }),
  value: fc.option(fc.string({ maxLength: 30 })),
});

interface Written {
  readonly bytes: Buffer;
  readonly records: readonly LogRecord[];
  /** Where each batch ends: up to there everything was acknowledged. */
  readonly batchEnds: readonly number[];
  readonly ends: readonly number[];
}

/** As journal.ts writes: batches, each knowing how much was synced before it. */
function written(
  batches: readonly (readonly { key: string; value: string | null }[])[],
  head?: Snapshot,
): Written {
  const parts: Buffer[] = head ? [snapshotBytes(head)] : [];
  const records: LogRecord[] = [];
  const [ends, batchEnds]: [number[], number[]] = [[], []];
  let size = parts[0]?.length ?? 0;
  let index = head?.index ?? 0;
  for (const batch of batches) {
    const synced = size;
    for (const change of batch) {
      const record = { epoch: 1 + Math.floor(index / 5), index: ++index, ...change };
      const part = recordBytes(record, synced);
      records.push(record);
      parts.push(part);
      size += part.length;
      ends.push(size);
    }
    batchEnds.push(size);
  }
  return { bytes: Buffer.concat(parts), records, ends, batchEnds };
}

const log = fc
  .tuple(fc.array(fc.array(texts, { minLength: 1, maxLength: 4 }), { maxLength: 5 }), fc.boolean())
  .map(([batches, hasHead]) =>
    written(batches, hasHead ? { epoch: 2, index: 7, entries: [['a', 'b']] } : undefined),
  );

/** Only what was written, in order, from the first record on. */
function isBeginning(found: readonly LogRecord[], records: readonly LogRecord[]): boolean {
  return JSON.stringify(found) === JSON.stringify(records.slice(0, found.length));
}

describe('the log', () => {
  test('is read back as it was written', () =>
    fc.assert(
      fc.property(log, ({ bytes, records }) => {
        expect(recover(bytes)).toMatchObject({ records, bytes: bytes.length, torn: 0 });
      }),
      { ...options, numRuns: 1000 },
    ));

  test('cut at every byte, keeps all records that are whole and nothing else', () => {
    const { bytes, records, ends } = written([
      [{ key: 'a', value: '1' }],
      [
        { key: 'b', value: 'two' },
        { key: 'a', value: null },
      ],
      [{ key: '', value: '' }],
    ]);
    for (let cut = 0; cut <= bytes.length; cut++) {
      const { records: found } = recover(bytes.subarray(0, cut));
      expect(found).toEqual(records.slice(0, ends.filter((end) => end <= cut).length));
    }
  });

  test('with any bit flipped, is refused or cut, keeps what a later batch saw synced, and invents nothing', () => {
    const { bytes, records, batchEnds } = written([
      [{ key: 'a', value: '1' }],
      [
        { key: 'b', value: 'two' },
        { key: 'a', value: null },
      ],
      [{ key: 'c', value: 'x' }],
    ]);
    const lastBatch = batchEnds.at(-2) ?? 0;
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const damaged = Buffer.from(bytes);
      damaged.writeUInt8((damaged[bit >> 3] ?? 0) ^ (1 << (bit & 7)), bit >> 3);
      if (bit >> 3 < lastBatch)
        expect(() => recover(damaged), `bit ${bit}`).toThrow(/^log, byte \d+: expected/);
      else expect(recover(damaged).records).toEqual(records.slice(0, 3));
    }
  });

  test('damaged in any way, never crashes and never shows what was not written', () =>
    fc.assert(
      fc.property(
        log,
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { maxLength: 4 }),
        fc.option(fc.nat()),
        ({ bytes, records }, flips, cut) => {
          const damaged = Buffer.from(
            bytes.subarray(0, cut === null ? bytes.length : cut % (bytes.length + 1)),
          );
          for (const [at, value] of damaged.length > 0 ? flips : []) damaged[at % damaged.length] = value;
          try {
            expect(isBeginning(recover(damaged).records, records) || damaged.length === 0).toBe(true);
          } catch (error) {
            expect(String(error)).toMatch(/^Error: log, byte \d+: expected .*: do not start from this log/);
          }
        },
      ),
      options,
    ));

  test('made of any bytes, is empty, cut or refused', () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 80 }), (bytes) => {
        expect(recover(Buffer.from(bytes))).toMatchObject({ snapshot: EMPTY, records: [] });
      }),
      options,
    ));

  test('says what is damaged, and what to do', () => {
    const { bytes } = written([[{ key: 'a', value: '1' }], [{ key: 'b', value: '2' }]]);
    bytes.writeUInt8(0, 26);
    expect(() => recover(bytes)).toThrow(
      'log, byte 0: expected a whole record with its checksum, found damage before record 2: do not start from this log: empty the folder, and the store gets everything from the primary',
    );
  });

  test('uses the checksum that zlib has', () =>
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        expect(crc32(bytes)).toBe(zlibCrc32(Buffer.from(bytes)));
      }),
      { seed: 4711 },
    ));
});

describe('a line from a stranger', () => {
  const line = fc.oneof(
    fc.string(),
    fc.json(),
    fc
      .record({
        epoch: fc.anything(),
        from: fc.anything(),
        number: fc.nat(),
        previous: fc.record({ epoch: fc.integer(), index: fc.integer() }),
        records: fc.anything(),
        snapshot: fc.anything(),
      })
      .map(
        (value) => JSON.stringify(value, (_, part: unknown) => (typeof part === 'bigint' ? 0 : part)) ?? '',
      ),
  );
  test('is a message or an error with words', () =>
    fc.assert(
      fc.property(line, (text) => {
        for (const read of [shipIn, answerIn]) {
          try {
            expect(read(text).epoch).toBeGreaterThanOrEqual(0);
          } catch (error) {
            expect(error).toBeInstanceOf(Error);
          }
        }
      }),
      options,
    ));
  test('may not leave out a record, come from the future or be too long', () => {
    const ship = (record: object) =>
      JSON.stringify({ epoch: 1, from: 'a', number: 1, previous: { epoch: 1, index: 4 }, records: [record] });
    const good = { epoch: 1, index: 5, key: 'k', value: 'v' };
    expect(shipIn(ship(good)).records).toEqual([good]);
    for (const bad of [{ index: 6 }, { epoch: 2 }, { key: 'k'.repeat(129) }, { value: 7 }])
      expect(() => shipIn(ship({ ...good, ...bad }))).toThrow(/^expected \{epoch, from/);
  });
});

const hasCurl = spawnSync('curl', ['--version']).status === 0;

test.skipIf(!hasCurl)(
  `curl writes, reads and is sent on${hasCurl ? '' : ' (curl is not installed)'}`,
  async () => {
    const curl = (...words: string[]): string =>
      spawnSync('curl', ['-s', '-m', '5', ...words], { encoding: 'utf8' }).stdout;
    const folder = mkdtempSync(`${tmpdir()}/brownout-store-`);
    const alone = start('replicated-store/node.ts', {
      ...{ MACHINE: 'alone', PORT: '0', SHIP_PORT: '0', DATA: `${folder}/data` },
    });
    try {
      const url = `http://127.0.0.1:${await portOf(alone)}`;
      expect(curl('-X', 'PUT', '--data', 'x', `${url}/kv/a`)).toBe('no primary is known here\n');
      expect(JSON.parse(curl('-X', 'POST', `${url}/promise?epoch=3`))).toEqual({
        ...{ epoch: 3, last: { epoch: 0, index: 0 } },
      });
      expect(curl('-o', '/dev/null', '-w', '%{http_code}', '-X', 'POST', `${url}/promise?epoch=3`)).toBe(
        '409',
      );
      expect(curl('-X', 'POST', `${url}/lead?epoch=3`)).toContain('"role":"primary"');
      expect(curl('-X', 'PUT', '--data', 'hello', `${url}/kv/a`)).toBe('done\n');
      expect(curl(`${url}/kv/a`)).toBe('hello\n');
      expect(curl('-X', 'DELETE', `${url}/kv/a`)).toBe('done\n');
      expect(curl(`${url}/kv/a`)).toBe('no such key\n');
      expect(curl('-o', '/dev/null', '-w', '%{http_code}', '--data', 'x', `${url}/kv/a`)).toBe('405');
      const long = spawnSync('curl', ['-s', '-X', 'PUT', '--data-binary', '@-', `${url}/kv/a`], {
        ...{ input: 'y'.repeat(100_000), encoding: 'utf8' },
      });
      expect(long.stdout).toBe('expected a value of at most 65536 characters\n');
    } finally {
      await alone.end();
    }
  },
);
