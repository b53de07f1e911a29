// The judge of the exercise `retry` on made-up traces, and its plans: fair, varied, the same for the same seed.
// Runs nothing; exercises.test.ts runs the exercise itself.
import { describe, expect, test } from 'vitest';
import type { TraceEvent } from '../../sandboxes/_shared/check.ts';
import { check } from '../../sandboxes/load-balancer/exercises/retry/check.ts';

/** The story of one request: its tries, who carried it out, its fate. */
interface Story {
  readonly id: number;
  readonly method?: string;
  readonly tries: readonly string[];
  readonly orderedBy?: readonly string[];
  readonly status?: number;
  readonly error?: string;
}

function traceOf(stories: readonly Story[]): TraceEvent[] {
  const events: TraceEvent[] = [];
  const add = (event: object) =>
    events.push({ seq: events.length, atNs: (events.length + 1) * 1e6, ...event } as TraceEvent);
  for (const { id, method = 'GET', tries, orderedBy = [], status = 200, error = '' } of stories) {
    const url = method === 'GET' ? `/item?id=${id}` : `/order?id=${id}`;
    const http = { kind: 'http', side: 'client', phase: 'start', id, method, url };
    add({ ...http, machine: 'clients', peer: 'balancer' });
    add({ ...http, machine: 'balancer', url: '/health', peer: 'app1' });
    for (const peer of tries) add({ ...http, machine: 'balancer', peer });
    for (const peer of tries) add({ ...http, side: 'server', phase: 'end', machine: peer, peer: 'balancer' });
    for (const machine of orderedBy)
      add({ kind: 'publish', machine, channel: 'brownout:order', value: { id } });
    const value = { id, ok: error === '' && status < 500, status, error };
    add({ kind: 'publish', machine: 'clients', channel: 'brownout:request', value });
  }
  return events;
}

function verdict(...stories: Story[]): string {
  const findings = check.judge({ seed: 1, untilNs: 6e9, events: traceOf(stories) });
  const broken = findings.find((finding) => !finding.pass);
  return broken ? `${broken.feedback}: ${broken.found}` : 'kept';
}

describe('judge', () => {
  test('keeps quiet where all is well', () => {
    expect(verdict({ id: 1, tries: ['app1'] }, { id: 2, tries: ['app2', 'app3'] })).toBe('kept');
    expect(verdict({ id: 1, method: 'POST', tries: ['app1'], orderedBy: ['app1'], status: 201 })).toBe(
      'kept',
    );
  });
  test('a lost GET without a second try', () => {
    expect(verdict({ id: 7, tries: ['app2'], status: 502 })).toBe(
      'no-retry: GET number 7: tried on app2; answer 502',
    );
  });
  test('a lost GET although others were tried again', () => {
    const saved = { id: 1, tries: ['app2', 'app1'] };
    expect(verdict(saved, { id: 2, tries: ['app3'], status: 504 })).toMatch(/^some-failures: GET number 2/);
  });
  test('the same app again', () => {
    expect(verdict({ id: 1, tries: ['app2', 'app2'], status: 502 })).toMatch(
      /^same-app: .* app2, then app2; answer 502/,
    );
  });
  test('to and fro', () => {
    expect(verdict({ id: 1, tries: ['app2', 'app1', 'app2', 'app3'] })).toMatch(/^without-end/);
  });
  test('an order carried out twice, whatever the client was told', () => {
    const twice = {
      id: 3,
      method: 'POST',
      tries: ['app1', 'app2'],
      orderedBy: ['app2', 'app1'],
      status: 201,
    };
    expect(verdict(twice)).toMatch(/^post-twice: POST number 3/);
  });
  test('what the promise excludes: no app in rotation, a broken answer, a lost order', () => {
    expect(verdict({ id: 1, tries: [], status: 503 })).toBe('kept');
    expect(verdict({ id: 1, tries: ['app1'], status: 200, error: 'ECONNRESET' })).toBe('kept');
    expect(verdict({ id: 1, method: 'POST', tries: ['app1'], orderedBy: ['app1'], status: 502 })).toBe(
      'kept',
    );
  });
  test('a GET whose client waited in vain is lost', () => {
    expect(verdict({ id: 1, tries: ['app1', 'app2'], status: 0, error: 'ETIMEDOUT' })).toMatch(/^lost/);
  });
});

describe('a balancer that lies', () => {
  const lost = traceOf([{ id: 1, tries: ['app2'], status: 502 }]);
  const by = (fact: object): TraceEvent => ({ seq: 0, atNs: 0, machine: 'balancer', ...fact }) as TraceEvent;
  const judged = (events: readonly TraceEvent[]): string | undefined =>
    check.judge({ seed: 1, untilNs: 6e9, events }).find((finding) => !finding.pass)?.feedback;
  test('with nothing at all', () =>
    expect(judged([by({ kind: 'publish', channel: 'brownout:request', value: null }), ...lost])).toBe(
      'no-retry',
    ));
  const value = { id: 1, ok: true, status: 200, error: '' };
  const asked = { kind: 'http', side: 'client', phase: 'start', url: '/item?id=1', peer: 'app1', id: 1 };

  test('about how a request ended', () =>
    expect(judged([...lost, by({ kind: 'publish', channel: 'brownout:request', value })])).toBe('no-retry'));
  test('about what was asked', () =>
    expect(judged([by({ ...asked, method: 'POST' }), ...lost])).toBe('no-retry'));
  test('about who ordered', () => {
    const order = by({ kind: 'publish', channel: 'brownout:order', value: { id: 1 } });
    expect(
      judged([...traceOf([{ id: 1, method: 'POST', tries: ['app1'], status: 201 }]), order, order]),
    ).toBe(undefined);
  });
  test('with an answer of its own', () => {
    expect(judged(traceOf([{ id: 1, tries: [], status: 200 }]))).toBe('no-retry');
    expect(judged(traceOf([{ id: 1, tries: ['app1'], status: 503 }]))).toBe('no-retry');
  });
});

describe('plan', () => {
  const plans = Array.from({ length: check.seeds }, (_, index) => check.plan(index + 1));
  test('is the same for the same seed', () => expect(check.plan(17)).toEqual(check.plan(17)));
  test('takes two different apps away in every run, one loudly and one silently, and leaves time to see it', () => {
    for (const plan of plans) {
      expect(plan.map((action) => action.atNs)).toEqual(
        plan.map((action) => action.atNs).sort((a, b) => a - b),
      );
      const machines = plan.flatMap((action) => ('machine' in action ? [action.machine] : []));
      expect(new Set(machines).size).toBe(2);
      expect(plan.filter((action) => action.do === 'kill')).toHaveLength(1);
      expect((plan.at(-1)?.atNs ?? 0) / 1e6).toBeLessThan(check.untilMs - 1000);
    }
  });
  test('every app gets its turn, and freezes and power cuts both occur', () => {
    const deeds = plans.flat().map((action) => `${action.do} ${'machine' in action ? action.machine : ''}`);
    for (const app of ['app1', 'app2', 'app3']) {
      for (const deed of ['kill', 'freeze', 'powerOff']) expect(deeds).toContain(`${deed} ${app}`);
    }
  });
});
