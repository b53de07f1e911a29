// A SCORM platform as the player's Platform: which value goes into which element of its data model, in 1.2 and in 2004.
// What a platform does not need to have is asked for and not missed. Never takes back a completion. Source: SCORM 1.2 RTE
// 3.4, SCORM 2004 4th Edition RTE 4.2. Called by player.ts.
import { isoDuration, timespan12 } from './durations.ts';
import { type Platform, PlatformProblem, type Standing } from './platform.ts';
import { type Around, findApi, ScormCalls, type ScormVersion } from './scorm-api.ts';
import { STATE_MAX, STATE_MAX_12 } from './state.ts';

const elements = {
  'scorm-1.2': {
    learner: 'cmi.core.student_id',
    section: 'cmi.core.lesson_location',
    status: 'cmi.core.lesson_status',
    mode: 'cmi.core.lesson_mode',
    time: 'cmi.core.session_time',
    exit: 'cmi.core.exit',
    score: 'cmi.core.score',
  },
  'scorm-2004': {
    learner: 'cmi.learner_id',
    section: 'cmi.location',
    status: 'cmi.completion_status',
    mode: 'cmi.mode',
    time: 'cmi.session_time',
    exit: 'cmi.exit',
    score: 'cmi.score',
  },
} as const;
const DONE = ['completed', 'passed', 'failed'];

export interface ScormSurroundings {
  readonly window: Around;
  readonly nowMs: () => number;
}

/** Null where no window around has the object. Throws PlatformProblem where it refuses to begin. */
export function openScorm(version: ScormVersion, around: ScormSurroundings): Platform | null {
  const api = findApi(version, around.window);
  return api === null ? null : new ScormPlatform(version, new ScormCalls(version, api), around.nowMs);
}

class ScormPlatform implements Platform {
  readonly learner: string;
  readonly resume: Platform['resume'];
  readonly reports: boolean;
  readonly stateMax: number;
  readonly exit = '';
  readonly #version: ScormVersion;
  readonly #calls: ScormCalls;
  readonly #nowMs: () => number;
  readonly #begunMs: number;
  #isDone: boolean;
  #isEnded = false;

  constructor(version: ScormVersion, calls: ScormCalls, nowMs: () => number) {
    this.#version = version;
    this.#calls = calls;
    this.#nowMs = nowMs;
    this.#begunMs = nowMs();
    this.stateMax = version === 'scorm-1.2' ? STATE_MAX_12 : STATE_MAX;
    calls.begin();
    const names = elements[version];
    this.learner = calls.get(names.learner);
    this.resume = { state: calls.get('cmi.suspend_data'), section: calls.get(names.section) };
    this.#isDone = DONE.includes(calls.get(names.status));
    this.reports = !['browse', 'review'].includes(calls.get(names.mode));
  }

  async report(standing: Standing): Promise<void> {
    if (this.#isEnded) throw new PlatformProblem('The session with the learning platform has ended.');
    this.#set(standing);
    this.#calls.commit();
  }

  end(standing: Standing): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    try {
      if (this.reports) {
        this.#set(standing);
        this.#calls.commit();
      }
    } catch {
      // Nobody is there to be told, and this browser has kept all of it.
    }
    try {
      this.#calls.end();
    } catch {}
  }

  #set(standing: Standing): void {
    const names = elements[this.#version];
    const { state, section, isComplete } = standing;
    if (state.length > this.stateMax)
      throw new Error(`expected at most ${this.stateMax} characters of state, found ${state.length}`);
    const calls = this.#calls;
    calls.set('cmi.suspend_data', state);
    // 2004 takes no empty place: then it has none.
    if (section !== '') calls.set(names.section, section);
    this.#setScore(standing);
    this.#isDone ||= isComplete;
    // One that the platform has called passed or failed stays so.
    if (isComplete || !this.#isDone) this.#setStatus(isComplete ? 'completed' : 'incomplete');
    const sessionMs = this.#nowMs() - this.#begunMs;
    calls.set(names.time, this.#version === 'scorm-1.2' ? timespan12(sessionMs) : isoDuration(sessionMs));
    // Also when all is done: the next visit goes on where this one was.
    calls.set(names.exit, 'suspend');
  }

  #setStatus(status: 'completed' | 'incomplete'): void {
    const { status: element } = elements[this.#version];
    const now = this.#calls.get(element);
    if (now !== status && now !== 'passed' && now !== 'failed') this.#calls.set(element, status);
  }

  #setScore({ score, progress }: Standing): void {
    const calls = this.#calls;
    if (this.#version === 'scorm-2004') calls.set('cmi.progress_measure', decimal(progress));
    if (score === null) return;
    const { score: element } = elements[this.#version];
    // 1.2 knows no other scale than to a hundred.
    const isPercent = this.#version === 'scorm-1.2';
    calls.set(`${element}.raw`, isPercent ? decimal((100 * score.right) / score.of) : String(score.right));
    calls.set(`${element}.min`, '0');
    calls.set(`${element}.max`, isPercent ? '100' : String(score.of));
    if (!isPercent) calls.set(`${element}.scaled`, decimal(score.right / score.of));
  }
}

/** No more digits than any platform takes. */
function decimal(value: number): string {
  return String(Math.round(value * 10_000) / 10_000);
}
