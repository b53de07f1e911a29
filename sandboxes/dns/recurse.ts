// The idea of the chapter: finds out what a name stands for by asking from the root down, and remembers what it heard.
// Believes a server only about names within the zone that it was asked for. Every loop has a limit: aliases, servers,
// referrals, questions in all. Called by resolver.ts; asks through ask.ts.
import { type Asker, type Server, usable } from './ask.ts';
import type { Cache, Known } from './cache.ts';
import type { Message, Question } from './message.ts';
import { isWithin, keyOf, upwards } from './names.ts';
import type { DnsRecord } from './records.ts';

const ALIASES_MAX = 8;
const REFERRALS_MAX = 16;
/** Questions to other servers for one question of a client, all in all. */
export const QUESTIONS_MAX = 30;

/** What one question of a client may still cost. */
export interface Work {
  left: number;
}

/** Kept apart from answers: what a parent zone says of its child's servers is not the child's own word. */
const CUT = 'servers of the zone';
const GLUE = 'address of a server';
const failed: Known = { code: 'SERVFAIL', answer: [], authority: [] };

export class Recursor {
  readonly #cache: Cache;
  readonly #ask: Asker;
  readonly #roots: readonly Server[];
  /** Questions that are being asked: whoever asks the same meanwhile waits for the same answer. */
  readonly #pending = new Map<string, Promise<Known>>();

  constructor(cache: Cache, ask: Asker, roots: readonly Server[]) {
    this.#cache = cache;
    this.#ask = ask;
    this.#roots = roots;
  }

  /** Follows aliases to their end. */
  async resolve({ name, type }: Question, work: Work, isNested = false): Promise<Known> {
    const answer: DnsRecord[] = [];
    const seen = new Set<string>();
    let at = name;
    while (!seen.has(keyOf(at)) && seen.size <= ALIASES_MAX) {
      seen.add(keyOf(at));
      const question = { name: at, type };
      const known = this.#cache.find(question) ?? (await this.#fetch(question, work, isNested));
      answer.push(...known.answer);
      const alias = known.answer.find((record) => record.type === 'CNAME');
      if (alias === undefined || type === 'CNAME') return { ...known, answer };
      at = alias.data;
    }
    return failed; // A circle of aliases, or a chain too long to be meant.
  }

  #fetch(question: Question, work: Work, isNested: boolean): Promise<Known> {
    if (isNested) return this.#descend(question, work); // Waiting for each other, two could wait for ever.
    const key = `${keyOf(question.name)} ${question.type}`;
    const pending = this.#pending.get(key);
    if (pending !== undefined) return pending;
    const fetching = this.#descend(question, work).finally(() => this.#pending.delete(key));
    this.#pending.set(key, fetching);
    return fetching;
  }

  // #region descend
  /** Asks the nearest zone whose servers are known, and each referral leads one zone further down. */
  async #descend(question: Question, work: Work): Promise<Known> {
    let zone = this.#nearestZone(question.name);
    for (let referrals = 0; referrals <= REFERRALS_MAX; referrals++) {
      const servers = await this.#serversOf(zone, work);
      const response = await this.#askOneOf(servers, question, work);
      if (response === undefined) return failed;
      const known = this.#read(response, question, zone);
      if (known !== undefined) return known;
      const below = this.#referral(response, question.name, zone);
      if (below === undefined) return failed;
      zone = below;
    }
    return failed;
  }
  // #endregion

  /** The answer in a response, kept; undefined for a referral. */
  #read(response: Message, question: Question, zone: string): Known | undefined {
    const { name, type } = question;
    const here = response.answer.filter((record) => isWithin(record.name, zone));
    const sets = Map.groupBy(here, (record) => `${keyOf(record.name)} ${record.type}`);
    for (const set of sets.values()) this.#cache.keep(set, set[0]?.type ?? '');
    const own = here.filter((record) => keyOf(record.name) === keyOf(name));
    const answer = own.filter((record) => record.type === type);
    const found = answer.length > 0 ? answer : own.filter((record) => record.type === 'CNAME');
    if (found.length > 0) return { code: 'NOERROR', answer: found, authority: [] };
    const authority = response.authority.filter((one) => one.type === 'SOA' && isWithin(one.name, zone));
    const isNo = response.code === 'NXDOMAIN' || response.isAuthoritative || authority.length > 0;
    if (!isNo) return undefined;
    this.#cache.keepNo(question, response.code, authority);
    return { code: response.code, answer: [], authority };
  }

  /** The zone further down that a response points to; its servers are kept. */
  #referral(response: Message, name: string, zone: string): string | undefined {
    const isBelow = (one: string) => isWithin(one, zone) && keyOf(one) !== keyOf(zone);
    const cut = response.authority.filter(
      (one) => one.type === 'NS' && isWithin(name, one.name) && isBelow(one.name),
    );
    this.#cache.keep(cut, CUT);
    for (const { data } of cut) {
      const glue = response.additional.filter(
        (one) => one.type === 'A' && keyOf(one.name) === keyOf(data) && isWithin(one.name, zone),
      );
      this.#cache.keep(glue, GLUE);
    }
    return cut[0]?.name;
  }

  #nearestZone(name: string): string {
    for (const zone of upwards(name)) if (this.#cache.get(zone, CUT) !== undefined) return zone;
    return '.';
  }

  /** Addresses of a zone's servers: known ones, or those that must be looked up like any other name. */
  async #serversOf(zone: string, work: Work): Promise<Server[]> {
    const names = this.#cache.get(zone, CUT)?.answer.map(({ data }) => data);
    if (names === undefined) return [...this.#roots];
    const known = names.flatMap(
      (name) => (this.#cache.get(name, GLUE) ?? this.#cache.get(name, 'A'))?.answer ?? [],
    );
    if (known.length > 0) return known.map(({ data }) => ({ address: data, port: 53 }));
    for (const name of names) {
      // Counts like a question: two zones that lead to each other would be looked up in each other for ever.
      if (work.left-- <= 0) return [];
      const { answer } = await this.resolve({ name, type: 'A' }, work, true);
      const addresses = answer.filter(({ type }) => type === 'A');
      if (addresses.length > 0) return addresses.map(({ data }) => ({ address: data, port: 53 }));
    }
    return [];
  }

  /** The first usable response. A server that is silent, refuses or knows nothing of the zone is passed over. */
  async #askOneOf(servers: readonly Server[], question: Question, work: Work): Promise<Message | undefined> {
    for (const server of [...servers, ...servers]) {
      if (work.left-- <= 0) return undefined;
      const response = await this.#ask(question, server).catch(() => undefined);
      if (response !== undefined && usable(response)) return response;
    }
    return undefined;
  }
}
