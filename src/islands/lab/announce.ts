// What the lab says aloud and in its last line: at most one sentence every few seconds, made from what changed.
// Pure: the caller passes the desk's time. Called by lab-store.ts, shown in a polite live region.
import type { LabModel } from './model.ts';
import type { SessionStatus } from './session.ts';
import { actionSentence, seconds, stateWords } from './words.ts';

export const sayEveryMs = 3000;

export class Announcer {
  #saidMs = Number.NEGATIVE_INFINITY;
  #actions = 0;
  #states = new Map<string, string>();
  #status: SessionStatus = 'idle';
  #firstAnswer = false;
  #lost = 0;
  #isMoved = false;

  /** A replay starts the model anew: what is there already is not news. Only that the moment is another, if it is. */
  reset(model: LabModel, isMoved = false): void {
    this.#isMoved ||= isMoved;
    this.#actions = model.actions.length;
    this.#states = new Map(model.machines.map((machine) => [machine.name, machine.state]));
    this.#firstAnswer = model.firstAnswerNs !== null;
    this.#lost = model.requests.lost;
  }

  /** A message if there is news and the last one is long enough ago; else null, and the news waits. */
  next(model: LabModel, status: SessionStatus, nowMs: number): string | null {
    if (nowMs - this.#saidMs < sayEveryMs) return null;
    const news = this.#news(model, status);
    if (news.length === 0 && model.requests.lost === this.#lost) return null;
    this.#saidMs = nowMs;
    this.#status = status;
    this.#isMoved = false;
    this.reset(model);
    return [...news, summary(model)].join(' ');
  }

  #news(model: LabModel, status: SessionStatus): string[] {
    const news = model.actions.slice(this.#actions).map((action) => `${actionSentence(action)}.`);
    for (const { name, state } of model.machines) {
      const before = this.#states.get(name);
      if (before === undefined || before === state) continue;
      const told = model.actions
        .slice(this.#actions)
        .some((action) => 'machine' in action && action.machine === name);
      if (!told) news.push(`${name} is ${stateWords[state].word}.`);
    }
    if (!this.#firstAnswer && model.firstAnswerNs !== null) {
      news.push(`First answer after ${seconds(model.firstAnswerNs, 3)}.`);
    }
    if (this.#isMoved) news.push(`Now at ${seconds(model.nowNs)}.`);
    else if (status === 'paused' && this.#status === 'running')
      news.push(`Paused at ${seconds(model.nowNs)}.`);
    if (status === 'ended' && this.#status !== 'ended')
      news.push(`The run has ended at ${seconds(model.nowNs)}.`);
    this.#status = status;
    return news.slice(-3);
  }
}

/** `2 of 3 servers up. 14 requests lost.` */
export function summary(model: LabModel): string {
  const servers = model.machines.filter((machine) => machine.role === 'server');
  const up = servers.filter((machine) => machine.state === 'up').length;
  const { lost } = model.requests;
  return `${up} of ${servers.length} servers up. ${lost === 1 ? '1 request' : `${lost} requests`} lost.`;
}
