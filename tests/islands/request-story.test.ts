// What led to a request: its hops out of the trace of a run, and the sentences about it, frozen.
// On a real run of the load balancer in which an app is killed and another frozen.
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Action } from '../../src/datacenter/contract.ts';
import { LabModel } from '../../src/islands/lab/model.ts';
import type { SeenRequest } from '../../src/islands/lab/request-log.ts';
import { story } from '../../src/islands/lab/request-story.ts';
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import { sandboxFromDisk } from '../sandboxes/read.ts';

const runtime = datacenterRuntime();
afterAll(() => runtime.close());

const actions: readonly Action[] = [
  { atNs: 2e9, do: 'kill', machine: 'app2' },
  { atNs: 2.5e9, do: 'freeze', machine: 'app3' },
];
const model = new LabModel();
beforeAll(async () => {
  const { cluster, files } = sandboxFromDisk('load-balancer');
  const booted = await runtime.boot({ cluster, files, sandbox: 'load-balancer', seed: 4711, actions });
  model.apply(booted.first);
  model.apply(await booted.run.advanceTo(5e9));
});

const one = (wanted: (request: SeenRequest) => boolean): SeenRequest => {
  const found = model.requestLog.list('newest', 1000).find(wanted);
  if (found === undefined) throw new Error('expected such a request in the run, found none');
  return found;
};
const told = (request: SeenRequest): string[] =>
  story(request, model.requestLog.spans(request), model.actions).map((line) =>
    line.replaceAll(/\d+(?:\.\d+)? (?:ms|s)\b/g, 'T').replaceAll(/app[123]/g, 'APP'),
  );

describe('a request and its way', () => {
  it('has four hops where all went well', () => {
    const request = one(({ ok }) => ok);
    const spans = model.requestLog.spans(request);
    expect(spans.map(({ machine, side }) => `${machine.replace(/\d/, '')} ${side}`)).toEqual([
      'clients client',
      'balancer server',
      'balancer client',
      'app server',
    ]);
    for (const span of spans) expect(span.toNs).toBeGreaterThan(span.fromNs);
    expect(spans.every((span) => span.status === 200 || span.status === 201)).toBe(true);
  });

  it('tells of a refusal, and of what was done before', () => {
    expect(told(one(({ ok, status, atNs }) => !ok && status === 502 && atNs > 2.1e9))).toEqual([
      'It was due at T. It was lost after T: the answer was 502.',
      'clients asked balancer at T, and had 502 T later.',
      'balancer asked APP at T, and that failed T later with ECONNREFUSED; no program on APP took it up.',
      'APP killed at T, T before it was due.',
    ]);
  });

  it('tells of silence', () => {
    const lines = told(one(({ ok, status }) => !ok && status === 504));
    expect(lines[0]).toBe('It was due at T. It was lost after T: the answer was 504.');
    expect(lines.at(-1)).toMatch(/^APP (?:frozen|killed) at T, T before it was due\.$/);
  });

  it('keeps a bounded number of requests, and says nothing of hops that it has forgotten', () => {
    const log = new LabModel().requestLog;
    const sample = { id: 0, intendedMs: 0, latencyMs: 1, ok: true, status: 200, by: 'a', error: '' };
    for (let id = 0; id < 20_000; id++) {
      const asked = `GET /${id}`;
      const shared = {
        seq: id,
        machine: 'a',
        side: 'server',
        id,
        method: 'GET',
        url: `/${id}`,
        peer: 'b',
      } as const;
      log.addHttp({ ...shared, kind: 'http', atNs: id, phase: 'start' });
      for (let i = 0; i < 3; i++)
        log.addHttp({ ...shared, kind: 'http', atNs: id, phase: 'end', status: 200 });
      log.add(id, 'b', { ...sample, id, asked });
    }
    expect(log.list('newest', 100_000).length).toBeLessThanOrEqual(3000);
    const last = log.list('newest', 1)[0];
    expect(last?.id).toBe(19_999);
    expect(last && log.spans(last)).toHaveLength(1);
    expect(log.spans({ ...sample, atNs: 1, from: 'b', asked: 'GET /1' })).toEqual([]);
  });
});
