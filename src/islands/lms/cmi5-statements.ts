// The statements of a cmi5 session, as xAPI takes them: which verb, which categories, what of the result. Pure. Refuses
// a score anywhere but in `passed`, as cmi5 does. Source: cmi5 (Quartz) sections 9 and 10, xAPI 1.0.3. Called by cmi5.ts.
import { isRecord } from '../progress/shapes.ts';
import { isoDuration } from './durations.ts';

const CMI5 = 'https://w3id.org/xapi/cmi5/context/categories/cmi5';
const MOVE_ON = 'https://w3id.org/xapi/cmi5/context/categories/moveon';
const PROGRESS = 'https://w3id.org/xapi/cmi5/result/extensions/progress';
const verbs = {
  initialized: 'http://adlnet.gov/expapi/verbs/initialized',
  progressed: 'http://adlnet.gov/expapi/verbs/progressed',
  completed: 'http://adlnet.gov/expapi/verbs/completed',
  passed: 'http://adlnet.gov/expapi/verbs/passed',
  terminated: 'http://adlnet.gov/expapi/verbs/terminated',
} as const;
export type Verb = keyof typeof verbs;

export interface Session {
  readonly actor: unknown;
  readonly activityId: string;
  readonly registration: string;
  /** From LMS.LaunchData: what every statement's context has to hold. */
  readonly contextTemplate: unknown;
}
export interface Said {
  readonly verb: Verb;
  readonly id: string;
  readonly atMs: number;
  readonly sessionMs: number;
  /** From 0 to 1. */
  readonly progress: number;
  readonly score?: { readonly right: number; readonly of: number } | null;
}

export function statement(session: Session, said: Said): Record<string, unknown> {
  const { verb, id, atMs } = said;
  const isOurs = verb !== 'progressed';
  const result = resultOf(said);
  return {
    id,
    actor: session.actor,
    verb: { id: verbs[verb], display: { en: verb } },
    object: { objectType: 'Activity', id: session.activityId },
    context: contextOf(session, [
      ...(isOurs ? [CMI5] : []),
      ...(verb === 'completed' || verb === 'passed' ? [MOVE_ON] : []),
    ]),
    ...(result === null ? {} : { result }),
    timestamp: new Date(atMs).toISOString(),
  };
}

function contextOf({ contextTemplate, registration }: Session, categories: readonly string[]): unknown {
  const template = isRecord(contextTemplate) ? contextTemplate : {};
  const activities = isRecord(template['contextActivities']) ? template['contextActivities'] : {};
  const given: unknown = activities['category'];
  const before: readonly unknown[] = Array.isArray(given) ? given : given === undefined ? [] : [given];
  const category = [...before, ...categories.map((id) => ({ objectType: 'Activity', id }))];
  return {
    ...template,
    registration,
    contextActivities: category.length === 0 ? activities : { ...activities, category },
  };
}

function resultOf({ verb, sessionMs, progress, score }: Said): Record<string, unknown> | null {
  const percent = Math.floor(100 * progress);
  const duration = isoDuration(sessionMs);
  if (verb === 'progressed') return { extensions: { [PROGRESS]: percent } };
  if (verb === 'completed') return { completion: true, duration };
  if (verb === 'terminated') return { duration, extensions: { [PROGRESS]: percent } };
  if (verb !== 'passed') return null;
  if (score === undefined || score === null) return { success: true, duration };
  const { right, of } = score;
  return { success: true, duration, score: { scaled: right / of, raw: right, min: 0, max: of } };
}
