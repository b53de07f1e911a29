// What a zone must not say of aliases: it is refused before anybody is told.
// Judges records that were read already; knows no file and no network. Called by zone.ts.
// An alias stands alone at its name, whatever the name is, and wherever in the file the others stand.

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

/** One problem for each alias that must not be there. `origin` is the zone's own name, its apex. */
export function aliasProblems(records: readonly Written[], _origin: string): Problem[] {
  const names = Map.groupBy(records, ({ name }) => keyOf(name));
  return records.flatMap((alias) => {
    if (alias.type !== 'CNAME') return [];
    const others = (names.get(keyOf(alias.name)) ?? []).filter((other) => !isSame(other, alias));
    const types = [...new Set(others.map(({ type, data }) => (type === 'CNAME' ? `CNAME ${data}` : type)))];
    return types.length === 0 ? [] : [standsBeside(alias, types.join(', '))];
  });
}

/** A record written twice is one record (RFC 2181, section 5). */
function isSame(a: Written, b: Written): boolean {
  return a.type === b.type && keyOf(a.data) === keyOf(b.data);
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
