// A cmi5 platform as the player's Platform: takes the launch parameters from the page's address, fetches its token once
// (and keeps it for a reload), reads the launch data, and speaks xAPI: initialized, progressed, completed, passed,
// terminated, and a State document for resuming. Completed and passed are said once for a registration. Source: cmi5
// (Quartz) sections 8 to 11. Called by player.ts.
import { isRecord, isStrings } from '../progress/shapes.ts';
import { type Session, statement, type Verb } from './cmi5-statements.ts';
import { type Platform, PlatformProblem, type Standing } from './platform.ts';
import { STATE_MAX } from './state.ts';

export interface Cmi5Surroundings {
  /** Of the page's address. */
  readonly parameters: URLSearchParams;
  readonly fetch: (address: string, init: RequestInit) => Promise<Response>;
  readonly nowMs: () => number;
  readonly newId: () => string;
  /** Of this tab: holds the token of the session, by the address that gave it. */
  readonly kept: Pick<Storage, 'getItem' | 'setItem'> | null;
}

const STATE = 'brownout';
const ENDED = 'ended';
const VERSION = '1.0.3';
/** The whole of a State document: what resuming needs, and what was said once and must not be said again. */
interface Document {
  readonly state: string;
  readonly section: string;
  readonly said: readonly string[];
}

/** Null where the address has no launch parameters. Rejects with PlatformProblem where the platform refuses. */
export async function openCmi5(around: Cmi5Surroundings): Promise<Platform | null> {
  const one = (name: string) => around.parameters.get(name) ?? '';
  const given = { fetch: one('fetch'), endpoint: one('endpoint'), actor: one('actor') };
  const ids = { registration: one('registration'), activityId: one('activityId') };
  if (Object.values({ ...given, ...ids }).includes('')) return null;
  let actor: unknown;
  try {
    actor = JSON.parse(given.actor);
  } catch {
    throw new PlatformProblem('The learning platform named the learner in a way that cannot be read.');
  }
  const token = await tokenOf(given.fetch, around);
  const client = new Client(given.endpoint, token, around);
  const where = { activityId: ids.activityId, agent: given.actor, registration: ids.registration };
  const launch = await client.read('activities/state', { stateId: 'LMS.LaunchData', ...where });
  if (!isRecord(launch))
    throw new PlatformProblem('The learning platform has no launch data for this session: open it again.');
  // Has to be asked for, though nothing here depends on it.
  await client
    .read('agents/profile', { profileId: 'cmi5LearnerPreferences', agent: given.actor })
    .catch(() => null);
  const found = await client.read('activities/state', { stateId: STATE, ...where });
  const session: Session = { actor, ...ids, contextTemplate: launch['contextTemplate'] };
  const platform = new Cmi5Platform(around, client, session, {
    learner: given.actor,
    launch,
    where: { stateId: STATE, ...where },
    document: documentOf(found),
    tokenAddress: given.fetch,
  });
  await platform.begin();
  return platform;
}

async function tokenOf(address: string, { fetch, kept }: Cmi5Surroundings): Promise<string> {
  const before = kept?.getItem(address) ?? null;
  if (before === ENDED)
    throw new PlatformProblem(
      'This session with the learning platform has ended: open the chapter there again to go on with it.',
    );
  if (before !== null) return before;
  const answer = await fetch(address, { method: 'POST' }).catch(noAnswer);
  const found: unknown = await answer.json().catch(() => null);
  const token = isRecord(found) ? found['auth-token'] : undefined;
  if (typeof token === 'string' && token !== '') {
    kept?.setItem(address, token);
    return token;
  }
  const why = isRecord(found) ? String(found['error-text'] ?? found['error-code'] ?? '') : '';
  throw new PlatformProblem(
    `The learning platform gave no access${why === '' ? '' : ` (${why})`}: open the chapter there again.`,
  );
}

function noAnswer(error: unknown): never {
  throw new PlatformProblem(`The learning platform does not answer: ${String(error)}.`);
}

function documentOf(found: unknown): Document {
  const { state, section, said } = isRecord(found) ? found : {};
  return {
    state: typeof state === 'string' ? state : '',
    section: typeof section === 'string' ? section : '',
    said: isStrings(said) ? said : [],
  };
}

type Query = Readonly<Record<string, string>>;

class Client {
  readonly #endpoint: string;
  readonly #headers: Readonly<Record<string, string>>;
  readonly #fetch: Cmi5Surroundings['fetch'];

  constructor(endpoint: string, token: string, { fetch }: Cmi5Surroundings) {
    this.#endpoint = endpoint.endsWith('/') ? endpoint : `${endpoint}/`;
    this.#headers = { authorization: `Basic ${token}`, 'x-experience-api-version': VERSION };
    this.#fetch = fetch;
  }

  /** Null where there is no such document. */
  async read(resource: string, query: Query): Promise<unknown> {
    const answer = await this.#ask('GET', resource, query);
    if (answer.status === 404 || answer.status === 204) return null;
    this.#mustBeWell(answer, resource);
    return answer.json().catch(() => null);
  }

  /** `keepalive`: goes out even when the page goes. */
  async write(
    method: 'PUT' | 'POST',
    resource: string,
    query: Query,
    body: unknown,
    keepalive = false,
  ): Promise<void> {
    const answer = await this.#ask(method, resource, query, body, keepalive);
    this.#mustBeWell(answer, resource);
  }

  async #ask(method: string, resource: string, query: Query, body?: unknown, keepalive = false) {
    const address = `${this.#endpoint}${resource}?${new URLSearchParams(query).toString()}`;
    const init: RequestInit =
      body === undefined
        ? { method, headers: this.#headers }
        : {
            method,
            headers: { ...this.#headers, 'content-type': 'application/json' },
            body: JSON.stringify(body),
            keepalive,
          };
    return this.#fetch(address, init).catch(noAnswer);
  }

  #mustBeWell(answer: Response, resource: string): void {
    if (!answer.ok)
      throw new PlatformProblem(
        `The learning platform refused ${resource === 'statements' ? 'a report' : 'what is kept for resuming'}: status ${answer.status}.`,
      );
  }
}

interface Opened {
  readonly learner: string;
  readonly launch: Readonly<Record<string, unknown>>;
  readonly where: Query;
  readonly document: Document;
  readonly tokenAddress: string;
}

class Cmi5Platform implements Platform {
  readonly learner: string;
  readonly resume: Platform['resume'];
  readonly reports: boolean;
  readonly stateMax = STATE_MAX;
  readonly exit: string;
  readonly #around: Cmi5Surroundings;
  readonly #client: Client;
  readonly #session: Session;
  readonly #opened: Opened;
  readonly #begunMs: number;
  #percent = 0;
  /** What may be said but once. */
  readonly #said: Set<Verb>;

  constructor(around: Cmi5Surroundings, client: Client, session: Session, opened: Opened) {
    const { learner, launch, document } = opened;
    this.learner = learner;
    this.resume = { state: document.state, section: document.section };
    this.reports = (launch['launchMode'] ?? 'Normal') === 'Normal';
    const exit = launch['returnURL'];
    this.exit = typeof exit === 'string' && /^https?:/.test(exit) ? exit : '';
    this.#around = around;
    this.#client = client;
    this.#session = session;
    this.#opened = opened;
    this.#begunMs = around.nowMs();
    this.#said = new Set((['completed', 'passed'] as const).filter((verb) => document.said.includes(verb)));
  }

  /** Said once in a session: a reload in the same tab goes on with it. */
  async begin(): Promise<void> {
    const mark = `${this.#opened.tokenAddress} begun`;
    if ((this.#around.kept?.getItem(mark) ?? null) !== null) return;
    await this.#say('initialized', null);
    this.#around.kept?.setItem(mark, 'yes');
  }

  async report(standing: Standing): Promise<void> {
    for (const verb of this.#toSay(standing)) {
      await this.#say(verb, standing);
      this.#said.add(verb);
    }
    await this.#client.write('PUT', 'activities/state', this.#opened.where, this.#document(standing));
    const percent = Math.floor(100 * standing.progress);
    if (percent === this.#percent || this.#said.has('completed')) return;
    this.#percent = percent;
    await this.#say('progressed', standing);
  }

  end(standing: Standing): void {
    this.#around.kept?.setItem(this.#opened.tokenAddress, ENDED);
    const verbs: Verb[] = [...(this.reports ? this.#toSay(standing) : []), 'terminated'];
    const said = verbs.map((verb) => this.#statement(verb, standing));
    for (const verb of verbs) if (verb !== 'terminated') this.#said.add(verb);
    const unheard = () => undefined;
    if (this.reports)
      this.#client
        .write('PUT', 'activities/state', this.#opened.where, this.#document(standing), true)
        .catch(unheard);
    // In one request, so that they come in this order.
    this.#client.write('POST', 'statements', {}, said, true).catch(unheard);
  }

  /** Passed is never said below the score that the platform asks for. */
  #toSay({ isComplete, score }: Standing): Verb[] {
    const least = this.#opened.launch['masteryScore'];
    const isPassed = typeof least !== 'number' || (score !== null && score.right >= least * score.of);
    const verbs: Verb[] = isComplete ? ['completed', ...(isPassed ? (['passed'] as const) : [])] : [];
    return verbs.filter((verb) => !this.#said.has(verb));
  }

  #document({ state, section }: Standing): Document {
    return { state, section, said: [...this.#said] };
  }

  async #say(verb: Verb, standing: Standing | null): Promise<void> {
    await this.#client.write('POST', 'statements', {}, [this.#statement(verb, standing)]);
  }

  #statement(verb: Verb, standing: Standing | null): unknown {
    const { newId, nowMs } = this.#around;
    return statement(this.#session, {
      verb,
      id: newId(),
      atMs: nowMs(),
      sessionMs: nowMs() - this.#begunMs,
      progress: standing?.progress ?? 0,
      score: standing?.score ?? null,
    });
  }
}
