// What led to a request's fate, in sentences: who asked whom, what came back or did not, and what had been done to the
// machines on its way. Pure; says only what the trace holds. Called by requests.tsx.
import type { Action } from '../../datacenter/contract.ts';
import type { SeenRequest, Span } from './request-log.ts';
import { actionSentence, latency, seconds } from './words.ts';

export function story(request: SeenRequest, spans: readonly Span[], actions: readonly Action[]): string[] {
  const dueNs = request.atNs - request.latencyMs * 1e6;
  const said = [`It was due at ${seconds(dueNs, 3)}. ${fate(request)}`];
  const served = new Set(spans.filter((span) => span.side === 'server').map((span) => span.machine));
  for (const span of spans) {
    if (span.side === 'client') said.push(...clientSentence(span, served));
  }
  const way = new Set(spans.flatMap((span) => [span.machine, hostOf(span.peer)]));
  const before = actions.filter((action) => action.atNs <= request.atNs && touches(action, way));
  for (const action of before.slice(-4)) {
    const sooner = dueNs - action.atNs;
    const when = sooner >= 0 ? `${latency(sooner / 1e6)} before it was due` : 'while it was under way';
    said.push(`${actionSentence(action)}, ${when}.`);
  }
  return said;
}

function fate({ ok, status, error, by, latencyMs }: SeenRequest): string {
  const after = `after ${latency(latencyMs)}`;
  if (ok) return `The answer ${status}${by === '' ? '' : ` of ${by}`} came ${after}.`;
  if (error !== '') return `It was lost ${after}: ${error}.`;
  return `It was lost ${after}: the answer was ${status}.`;
}

function clientSentence(span: Span, served: ReadonlySet<string>): string[] {
  const peer = hostOf(span.peer);
  const who = `${span.machine} asked ${peer} at ${seconds(span.fromNs, 3)}`;
  const reached = served.has(peer) ? '' : `; no program on ${peer} took it up`;
  if (span.toNs === null) return [`${who}, and nothing came back${reached}.`];
  const after = latency((span.toNs - span.fromNs) / 1e6);
  if (span.error !== '') return [`${who}, and that failed ${after} later with ${span.error}${reached}.`];
  return [`${who}, and had ${span.status ?? 'an answer'} ${after} later.`];
}

function touches(action: Action, way: ReadonlySet<string>): boolean {
  if (action.do === 'edit' || action.do === 'input') return false;
  return 'machine' in action ? way.has(action.machine) : way.has(action.from) && way.has(action.to);
}

export const hostOf = (peer: string): string => peer.replace(/:\d+$/, '');
