// What a zone must not say of aliases: it is refused before anybody is told.
// Judges records that were read already, by name; knows no file and no network. Called by zone.ts.
// As it stands it looks at the zone's own name only: the exercise `alias` asks you to mend that.
import { keyOf } from './names.ts';
import type { Problem, ZoneRecord } from './zone-file.ts';

/** One problem for each alias that must not be there. `origin` is the zone's own name, its apex. */
export function aliasProblems(records: readonly ZoneRecord[], origin: string): Problem[] {
  return records
    .filter(({ name, type }) => type === 'CNAME' && keyOf(name) === keyOf(origin))
    .map((alias) => standsBeside(alias, 'SOA and NS'));
}

/** What is said of an alias that is not alone at its name. */
export function standsBeside({ line, name, data }: ZoneRecord, others: string): Problem {
  return {
    line,
    expected: `nothing else at ${name}, which has a CNAME (RFC 1034, section 3.6.2)`,
    found: `${others} beside CNAME ${data}`,
    fix: 'write the addresses themselves (A, AAAA), or give the alias a name of its own',
  };
}
