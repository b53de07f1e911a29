// Judges a run of replicated-store from what its clients saw: which acknowledged writes are gone and whether the mode
// allows it, whether as many are gone as the places in the logs say, and whether every history is linearizable.
// Pure. Used by store-chaos.test.ts and scripts/chaos-store.ts.
import { published } from '../../sandboxes/_shared/replication.ts';
import type { TraceEvent } from '../../src/datacenter/contract.ts';
import { type HistoryEvent, inWords, type Operation, operationsOf } from '../../src/grading/history.ts';
import { checkLinearizability, keyValueModel } from '../../src/grading/linearizability.ts';
import type { Mode } from './store-chaos.ts';

interface Told {
  readonly end: 'invoke' | 'complete';
  readonly id: number;
  readonly name: 'put' | 'get';
  readonly key: string;
  readonly value: string | number | null;
  readonly status: number;
  readonly epoch: number;
  readonly index: number;
  readonly copies: number;
}

/** One request with its fate. */
interface Asked {
  readonly id: number;
  readonly name: 'put' | 'get';
  readonly key: string;
  /** What is written, or was read. */
  readonly value: number | null;
  readonly fromNs: number;
  /** Null: no answer, so that nobody knows whether it was done. */
  readonly untilNs: number | null;
  readonly epoch: number;
  readonly index: number;
  readonly copies: number;
}

interface Epoch {
  readonly epoch: number;
  readonly start: number;
  /** Of the last record before the start. */
  readonly before: number;
}

export interface Judged {
  /** Empty: all promises are kept. */
  readonly broken: readonly string[];
  readonly acknowledged: number;
  readonly lost: number;
  readonly epochs: number;
}

export function judge(events: readonly TraceEvent[], mode: Mode): Judged {
  const run = { seed: 0, untilNs: 0, events };
  const asked = requestsOf(published<Told>(run, 'operation'));
  const epochs = new Map(published<Epoch>(run, 'epoch').map((one) => [one.epoch, one]));
  const last = Math.max(0, ...epochs.keys());
  const final = finalOf(run, last);
  const puts = asked.filter(({ name, untilNs }) => name === 'put' && untilNs !== null);
  if (final === undefined)
    return { broken: [`no primary answers in the end`], acknowledged: puts.length, lost: 0, epochs: last };
  const survivors = new Set(puts.filter((put) => survives(put, last, epochs)));
  const lost = puts.filter((put) => !survivors.has(put));
  const broken = [
    ...lost.filter(() => mode === 'quorum').map((put) => `acknowledged by a quorum and lost: ${words(put)}`),
    ...lost
      .filter(({ copies }) => mode === 'semi-sync' && copies > 1)
      .map((put) => `acknowledged with ${put.copies} copies and lost: ${words(put)}`),
    ...unlikeTheory(puts, survivors, final),
    ...unequal(run),
    ...(mode === 'quorum' ? disorder('all', [...asked, ...final]) : []),
    ...[...epochs.keys()].flatMap((epoch) =>
      disorder(
        `epoch ${epoch}`,
        asked.filter(
          (one) =>
            one.untilNs === null || (one.name === 'put' ? survives(one, epoch, epochs) : one.epoch === epoch),
        ),
      ),
    ),
  ];
  return { broken, acknowledged: puts.length, lost: lost.length, epochs: last };
}

function requestsOf(told: readonly (Told & { readonly atNs: number })[]): Asked[] {
  const invoked = new Map<number, Asked>();
  for (const { end, id, name, key, value, status, epoch, index, copies, atNs } of told) {
    if (end === 'invoke') {
      const argument = name === 'put' ? id : null;
      const unknown = { untilNs: null, epoch: 0, index: 0, copies: 0 };
      invoked.set(id, { id, name, key, value: argument, fromNs: atNs, ...unknown });
      continue;
    }
    const one = invoked.get(id);
    if (!one) continue;
    const isDone = one.name === 'put' ? status === 201 : status === 200 || status === 404;
    const read = value === null ? null : Number.parseInt(String(value), 10);
    if (isDone)
      invoked.set(id, {
        ...one,
        value: one.name === 'put' ? one.value : read,
        untilNs: atNs,
        ...{ epoch, index, copies },
      });
  }
  return [...invoked.values()].filter(({ name, untilNs }) => name === 'put' || untilNs !== null);
}

/** Everything that the last primary has in the end, as reads; undefined where it never answered. */
function finalOf(run: Parameters<typeof published>[0], last: number): Asked[] | undefined {
  type Final = { end: string; id: number; epoch: number; index: number; entries: [string, number][] };
  const told = published<Final>(run, 'final');
  const answer = told.findLast(({ end, epoch }) => end === 'complete' && epoch === last);
  const asked = told.find(({ end, id }) => end === 'invoke' && id === answer?.id);
  if (!answer || !asked) return undefined;
  const there = new Map(answer.entries);
  const keys = new Set(published<Told>(run, 'operation').flatMap(({ key }) => (key ? [key] : [])));
  return [...keys].map((key, at) => ({
    ...{ id: 1e6 + at, name: 'get' as const, key, value: there.get(key) ?? null, copies: 0 },
    ...{ fromNs: asked.atNs, untilNs: answer.atNs, epoch: answer.epoch, index: answer.index },
  }));
}

/** Is the record at this place part of the log with which the primary of `epoch` went on? */
function survives(
  put: { readonly epoch: number; readonly index: number },
  epoch: number,
  epochs: ReadonlyMap<number, Epoch>,
): boolean {
  let end = Number.POSITIVE_INFINITY;
  for (let at = epochs.get(epoch); at !== undefined; at = epochs.get(at.before)) {
    if (put.epoch === at.epoch) return put.index >= at.start && put.index < end;
    end = at.start;
  }
  return false;
}

/** Each acknowledged write must be there, or have been replaced, exactly where the logs say so. */
function unlikeTheory(
  puts: readonly Asked[],
  survivors: ReadonlySet<Asked>,
  final: readonly Asked[],
): string[] {
  return final.flatMap(({ key, value }) => {
    const acknowledged = puts.filter((put) => put.key === key);
    const newest = acknowledged
      .filter((put) => survivors.has(put))
      .reduce<Asked | undefined>((a, b) => (a && a.index > b.index ? a : b), undefined);
    const shown = acknowledged.find((put) => put.value === value);
    if (shown && !survivors.has(shown)) return [`should be gone and is there: ${words(shown)}`];
    if (newest && (value === null || (shown && shown.index < newest.index)))
      return [`should be there, found ${value}: ${words(newest)}`];
    return [];
  });
}

/** With nothing to do, all stores must have come to the same. */
function unequal(run: Parameters<typeof published>[0]): string[] {
  type State = { epoch: number; index: number; applied: number; keys: number };
  const states = published<State>(run, 'state');
  const ends = ['store1', 'store2', 'store3'].map((store) => {
    const { epoch, index, applied, keys } = states.findLast(({ machine }) => machine === store) ?? {};
    return JSON.stringify({ epoch, index, applied, keys });
  });
  return new Set(ends).size === 1 ? [] : [`the stores differ in the end: ${ends.join(', ')}`];
}

/** What is wrong with a history, if anything is. */
function disorder(what: string, asked: readonly Asked[]): string[] {
  const history: HistoryEvent[] = [];
  for (const { id, name, key, value, fromNs, untilNs } of asked) {
    const argument = name === 'put' ? { argument: value } : {};
    history.push({ kind: 'invoke', atNs: fromNs, client: `c${id}`, id, name, key, ...argument });
    if (untilNs !== null)
      history.push({ kind: 'complete', atNs: untilNs, id, ...(name === 'get' ? { result: value } : {}) });
  }
  const rank = ({ kind }: HistoryEvent) => (kind === 'invoke' ? 0 : 1);
  history.sort((a, b) => a.atNs - b.atNs || rank(a) - rank(b));
  const { verdict, witness } = checkLinearizability(history, keyValueModel);
  if (verdict === 'linearizable') return [];
  const operations: readonly Operation[] = witness ? witness.operations : operationsOf(history);
  return [`${what}: ${verdict}: ${operations.slice(0, 6).map(inWords).join('; ')}`];
}

function words({ id, key, epoch, index, copies }: Asked): string {
  return `write ${id} of ${key}, epoch ${epoch}, record ${index}, ${copies} copies`;
}
