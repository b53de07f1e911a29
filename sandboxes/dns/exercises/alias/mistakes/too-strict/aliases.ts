// What a zone must not say of aliases: it is refused before anybody is told.
// Judges records that were read already; knows no file and no network. Called by zone.ts.
// Mistake: refuses an alias of an alias as well.

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
  const aliases = new Set(records.flatMap(({ name, type }) => (type === 'CNAME' ? [keyOf(name)] : [])));
  return records.flatMap((alias) => {
    if (alias.type !== 'CNAME') return [];
    const others = records.filter((other) => keyOf(other.name) === keyOf(alias.name) && other !== alias);
    if (others.length === 0 && !aliases.has(keyOf(alias.data))) return [];
    return [standsBeside(alias, others.map(({ type }) => type).join(', ') || 'another alias')];
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
