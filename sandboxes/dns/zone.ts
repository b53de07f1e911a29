// A zone: a part of the tree of names, with one server that knows all of it. Built from a zone file, or refused whole.
// Refuses a zone without its SOA and NS, aliases that are not alone, and sets of records that disagree about their TTL.
// Used by authority.ts, which serves it, and lookup.ts, which searches it. Pure.
import { aliasProblems } from './aliases.ts';
import { isWithin, keyOf, upwards } from './names.ts';
import type { DnsRecord } from './records.ts';
import { NO_LINE, type Problem, parseZone, problemText, type ZoneRecord } from './zone-file.ts';

/** All records of one name and one type: they are asked for, kept and thrown away together (RFC 2181, section 5). */
export type RecordSet = readonly DnsRecord[];

export interface Zone {
  readonly origin: string;
  readonly soa: DnsRecord;
  /** By `keyOf` the name, then by type. A name above others that has no records itself is there, and empty. */
  readonly nodes: ReadonlyMap<string, ReadonlyMap<string, RecordSet>>;
}

/** A zone file with mistakes in it: all of them, one a line. */
export class ZoneRefused extends Error {}

export function readZone(text: string, origin: string): Zone {
  const { records, problems } = parseZone(text, origin);
  if (problems.length > 0) throw refusedFor(problems);
  return build(records, origin);
}

function build(records: readonly ZoneRecord[], origin: string): Zone {
  const problems = [...contradictions(records, origin), ...aliasProblems(records, origin)];
  const soa = records.find(({ type }) => type === 'SOA');
  if (problems.length > 0 || soa === undefined) throw refusedFor(problems);
  const nodes = new Map<string, Map<string, DnsRecord[]>>();
  for (const { line: _, ...record } of records) {
    for (const name of upwards(keyOf(record.name))) {
      if (!isWithin(name, origin)) break;
      if (!nodes.has(name)) nodes.set(name, new Map());
    }
    const node = nodes.get(keyOf(record.name));
    const set = node?.get(record.type) ?? [];
    if (!set.some((other) => other.data === record.data)) node?.set(record.type, [...set, record]);
  }
  return { origin, soa, nodes };
}

function refusedFor(problems: readonly Problem[]): ZoneRefused {
  return new ZoneRefused(problems.map(problemText).join('\n'));
}

/** What no line is to blame for alone. */
function contradictions(records: readonly ZoneRecord[], origin: string): Problem[] {
  const isApex = ({ name }: ZoneRecord) => keyOf(name) === keyOf(origin);
  const soas = records.filter(({ type }) => type === 'SOA');
  const problems: Problem[] = [];
  if (soas.length !== 1 || !soas.every(isApex)) {
    problems.push({
      line: soas.at(-1)?.line ?? 1,
      expected: `one SOA record, at ${origin}`,
      found: soas.length === 0 ? 'none' : soas.map(({ name }) => name).join(' and '),
      fix: 'write `@ IN SOA server mailbox ( serial refresh retry expire minimum )` once',
    });
  }
  if (!records.some((record) => record.type === 'NS' && isApex(record))) {
    const fix = 'write `@ IN NS ns`, and an address for ns';
    problems.push({ line: 1, expected: `an NS record at ${origin}`, found: 'none', fix });
  }
  const firsts = new Map<string, ZoneRecord>();
  for (const record of records) {
    const key = `${keyOf(record.name)} ${record.type}`;
    const first = firsts.get(key) ?? record;
    firsts.set(key, first);
    if (first.ttl === record.ttl) continue;
    problems.push({
      line: record.line,
      expected: `TTL ${first.ttl}, as line ${first.line} says for ${record.name} ${record.type} (RFC 2181, section 5.2)`,
      found: `${record.ttl}`,
      fix: 'give all records of one name and type one TTL',
    });
  }
  return problems;
}

/** The zone with some lines of a zone file instead of what it had of these names and types; `-` before them takes away. */
export function changeZone(zone: Zone, lines: string): Zone {
  const isRemoval = lines.startsWith('-');
  const { records, problems } = parseZone(isRemoval ? lines.slice(1).trimStart() : lines, zone.origin, 300);
  if (problems.length > 0) throw refusedFor(problems);
  const told = new Set(records.map(({ name, type }) => `${keyOf(name)} ${type}`));
  const kept = [...zone.nodes.values()]
    .flatMap((node) => [...node.values()].flat())
    .filter(({ name, type }) => !told.has(`${keyOf(name)} ${type}`))
    .map((record) => ({ ...record, line: NO_LINE }));
  return build([...kept, ...(isRemoval ? [] : records)], zone.origin);
}
