// What a zone must not say of aliases: it is refused before anybody is told.
// Judges records that were read already; knows no file and no network. Called by zone.ts.
// As it stands it looks at the zone's own name only: the exercise `alias` asks you to mend that.

/** A record as it stands in a zone file: names absolute, as they were spelled. */
interface Written {
  readonly line: number;
  readonly name: string;
  readonly type: string;
  readonly data: string;
}

/** Something that a person can mend. */
interface Problem {
  readonly line: number;
  readonly expected: string;
  readonly found: string;
  readonly fix: string;
}

/** By this names are compared: letters large or small are the same (RFC 4343). */
function keyOf(name: string): string {
  return name.toLowerCase();
}

// #region aliases
/** One problem for each alias that must not be there. `origin` is the zone's own name, its apex. */
export function aliasProblems(records: readonly Written[], origin: string): Problem[] {
  return records
    .filter(({ name, type }) => type === 'CNAME' && keyOf(name) === keyOf(origin))
    .map((alias) => standsBeside(alias, 'SOA and NS'));
}
// #endregion

/** What is said of an alias that is not alone at its name. */
function standsBeside({ line, name, data }: Written, others: string): Problem {
  return {
    line,
    expected: `nothing else at ${name}, which has a CNAME (RFC 1034, section 3.6.2)`,
    found: `${others} beside CNAME ${data}`,
    fix: 'write the addresses themselves (A, AAAA), or give the alias a name of its own',
  };
}
