// Finds the object by which a SCORM platform listens, and calls it: 1.2's `API` or 2004's `API_1484_11`, in the windows
// above this one and in the one that opened it, at most so many. Says in words what it answered. Source: SCORM 1.2 RTE
// 3.3.6, SCORM 2004 4th Edition RTE 3.3. Used by scorm.ts.
import { PlatformProblem } from './platform.ts';

/** The names of the functions, which are all that differs. */
const names = {
  'scorm-1.2': {
    object: 'API',
    begin: 'LMSInitialize',
    get: 'LMSGetValue',
    set: 'LMSSetValue',
    commit: 'LMSCommit',
    end: 'LMSFinish',
    error: 'LMSGetLastError',
    words: 'LMSGetErrorString',
  },
  'scorm-2004': {
    object: 'API_1484_11',
    begin: 'Initialize',
    get: 'GetValue',
    set: 'SetValue',
    commit: 'Commit',
    end: 'Terminate',
    error: 'GetLastError',
    words: 'GetErrorString',
  },
} as const;
export type ScormVersion = keyof typeof names;

/** Windows looked through, up and through openers: enough for any platform, and an end for a ring of them. */
const WINDOWS_MAX = 50;

type Api = Readonly<Record<string, unknown>>;
/** The part of Window that is looked at. */
export interface Around {
  readonly parent?: Around | null;
  readonly opener?: Around | null;
}

export function findApi(version: ScormVersion, from: Around): Api | null {
  const { object } = names[version];
  const seen = new Set<Around>();
  const open: Around[] = [from];
  for (let at = open.shift(); at !== undefined && seen.size < WINDOWS_MAX; at = open.shift()) {
    if (seen.has(at)) continue;
    seen.add(at);
    const found = reach(at, object);
    if (typeof found === 'object' && found !== null) return found as Api;
    for (const way of ['parent', 'opener'] as const) {
      const next = reach(at, way);
      if (typeof next === 'object' && next !== null) open.push(next as Around);
    }
  }
  return null;
}

/** A window of another origin may be asked for its parent and opener, and for nothing else. */
function reach(from: Around, name: string): unknown {
  try {
    return (from as Readonly<Record<string, unknown>>)[name];
  } catch {
    return undefined;
  }
}

export class ScormCalls {
  readonly #api: Api;
  readonly #names: (typeof names)[ScormVersion];

  constructor(version: ScormVersion, api: Api) {
    this.#api = api;
    this.#names = names[version];
  }

  begin(): void {
    if (this.#call(this.#names.begin, '') !== 'true') throw this.#problem('begin a session');
  }

  /** '' where the platform has no such value. */
  get(element: string): string {
    return this.#call(this.#names.get, element);
  }

  /** Throws when the platform refuses the value. */
  set(element: string, value: string): void {
    if (this.#call(this.#names.set, element, value) !== 'true')
      throw this.#problem(`take ${element} (${value.length} characters)`);
  }

  commit(): void {
    if (this.#call(this.#names.commit, '') !== 'true') throw this.#problem('save');
  }

  end(): void {
    this.#call(this.#names.end, '');
  }

  #call(name: string, ...given: readonly string[]): string {
    const found = this.#api[name];
    if (typeof found !== 'function')
      throw new PlatformProblem(`The learning platform has no ${name}: it is not a whole SCORM platform.`);
    try {
      return String(Reflect.apply(found, this.#api, given));
    } catch (error) {
      throw new PlatformProblem(`The learning platform failed at ${name}: ${String(error)}`);
    }
  }

  #problem(what: string): PlatformProblem {
    const code = this.#call(this.#names.error);
    const words = this.#call(this.#names.words, code);
    return new PlatformProblem(
      `The learning platform did not ${what}: error ${code}${words === '' ? '' : `, ${words}`}.`,
    );
  }
}
