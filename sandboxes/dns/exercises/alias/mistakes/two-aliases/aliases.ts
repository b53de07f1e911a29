// What a zone must not say of aliases: it is refused before anybody is told.
// Judges records that were read already; knows no file and no network. Called by zone.ts.
// Mistake: looks for other types only, so two aliases at one name pass.

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

export function aliasProblems(records: readonly Written[], _origin: string): Problem[] {
  return records.flatMap((alias) => {
    if (alias.type !== 'CNAME') return [];
    const others = records.filter(({ name, type }) => keyOf(name) === keyOf(alias.name) && type !== 'CNAME');
    return others.length === 0 ? [] : [standsBeside(alias, others.map(({ type }) => type).join(', '))];
  });
}

/** What is said of an alias that is not alone at its name. */
function standsBeside({ line, name, data }: Written, others: string): Problem {
  return {
    line,
    expected: `nothing else at ${name}, which has a CNAME (RFC 1034, section 3.6.2)`,
    found: `${others} beside CNAME ${data}`,
    fix: 'write the addresses themselves (A, AAAA), or give the alias a name of its own',
  };
}
