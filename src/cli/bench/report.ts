// What the bench prints: a table for people, one JSON object for programs. Pure. Later issues add keys, and keep
// those that are there. Called by bench.ts.
import type { BootFigures } from './boot.ts';
import { type ForwardFigures, REQUESTS_PER_SECOND } from './forward.ts';
import type { Bytes, PageFigures } from './page.ts';
import { MACHINES_MANY, SCALE_CONNECTIONS, type ScaleFigures } from './scale.ts';
import { inWords, type Spread } from './spread.ts';
import { CONNECTIONS, type ThroughputFigures } from './throughput.ts';

/** A part that was not measured is not there. */
export interface Figures {
  readonly computer: string;
  readonly boot?: BootFigures;
  readonly throughput?: ThroughputFigures;
  readonly scale?: ScaleFigures;
  readonly forward?: ForwardFigures;
  readonly page?: PageFigures;
}

export function figuresAsJson(figures: Figures): Record<string, unknown> {
  const { computer, boot, throughput, scale, forward, page } = figures;
  return {
    bootRatio: boot === undefined ? null : rounded(ratio(boot.datacenterListenMs, boot.realListenMs)),
    boot100Ms: scale === undefined ? null : rounded(scale.bootManyMs.median),
    mbPerMachine: scale === undefined ? null : rounded(scale.mbPerMachine.median),
    coldBootMs: page === undefined ? null : rounded(page.coldBootMs.median),
    firstAnswerColdMs: page === undefined ? null : rounded(page.firstAnswers.coldMs.median),
    firstAnswerWarmMs: page === undefined ? null : rounded(page.firstAnswers.warmMs.median),
    throughputRatio: throughput === undefined ? null : rounded(throughput.ratio.median),
    scaleRatio: scale === undefined ? null : rounded(scale.ratio.median),
    fastForwardX: forward === undefined ? null : rounded(forward.timesReal.median),
    bytesBeforeIntent: page === undefined ? null : page.before.css + page.before.js,
    jsBytesBeforeIntent: page === undefined ? null : page.before.js,
    bytesLab: page === undefined ? null : total(page.lab),
    more: { computer, boot, throughput, scale, forward, page },
  };
}

export function figuresAsTable(figures: Figures): string {
  const { computer, boot, throughput, scale, forward, page } = figures;
  const lines = [`Measured on ${computer}. Median (least to most) of the tries.`];
  if (boot !== undefined) lines.push('', ...bootLines(boot));
  if (throughput !== undefined) lines.push('', ...throughputLines(throughput));
  if (scale !== undefined) lines.push('', ...scaleLines(scale));
  if (forward !== undefined) lines.push('', ...forwardLines(forward));
  if (page !== undefined) lines.push('', ...pageLines(page));
  return `${lines.join('\n')}\n`;
}

function bootLines(boot: BootFigures): string[] {
  return [
    'Boot: from the order to start the cluster until all servers listen',
    row('data center, new thread', inWords(boot.datacenterListenMs), 'ms'),
    row('real Node processes, forked at once', inWords(boot.realListenMs), 'ms'),
    row('bootRatio (new thread / real)', ratio(boot.datacenterListenMs, boot.realListenMs).toFixed(2), ''),
    row('until the first answered request: data center', inWords(boot.datacenterMs), 'ms'),
    row('  in a thread that ran it before', inWords(boot.datacenterAgainMs), 'ms'),
    row('  real', inWords(boot.realMs), 'ms'),
    `  The programs ask again after 50 and 100 ms while others are not ready: the first answer comes at ${boot.virtualMs.toFixed(0)} ms`,
    '  of virtual time, which real processes must wait for and the data center need not. So bootRatio is without it.',
  ];
}

function scaleLines(scale: ScaleFigures): string[] {
  return [
    `Scale: ${MACHINES_MANY} machines (cells of 5) beside 5, ${SCALE_CONNECTIONS} connections in all, a new process for each boot`,
    row(`boot100Ms: ${MACHINES_MANY} machines until all servers listen`, inWords(scale.bootManyMs), 'ms'),
    row('  5 machines', inWords(scale.bootFewMs), 'ms'),
    row('mbPerMachine: resident memory of each beyond 5', inWords(scale.mbPerMachine, 2), 'MB'),
    row('trace events, 5 machines', inWords(scale.fewEventsPerSecond), 'per second'),
    row(`trace events, ${MACHINES_MANY} machines`, inWords(scale.manyEventsPerSecond), 'per second'),
    row('scaleRatio (of tries side by side)', inWords(scale.ratio, 2), ''),
  ];
}

function forwardLines(forward: ForwardFigures): string[] {
  return [
    `Fast forward: ${REQUESTS_PER_SECOND} requests a second, SERVICE_MS as the sandbox has it`,
    row('fastForwardX: virtual time over wall time', inWords(forward.timesReal, 1), ''),
  ];
}

function throughputLines(throughput: ThroughputFigures): string[] {
  const { datacenterPerSecond, realPerSecond, eventsPerRequest, packetsPerRequest } = throughput;
  const requestUs = 1e6 / datacenterPerSecond.median;
  return [
    `Throughput: answered requests per wall second, ${CONNECTIONS} keep-alive connections in a closed loop, SERVICE_MS=0`,
    row('data center, one thread', inWords(datacenterPerSecond), 'per second'),
    row('real Node processes', inWords(realPerSecond), 'per second'),
    row('throughputRatio (of tries side by side)', inWords(throughput.ratio, 2), ''),
    row('data center: wall time of a request', requestUs.toFixed(0), 'µs'),
    row('  packets of a request', packetsPerRequest.toFixed(1), ''),
    row('  trace events of a request', eventsPerRequest.toFixed(1), ''),
    row('  wall time per packet', (requestUs / packetsPerRequest).toFixed(1), 'µs'),
    '  Both run the same client, balancer and apps. The data center has one core for all of them, and its time includes',
    '  the trace: recording it, passing it to the main thread and validating it there.',
  ];
}

function pageLines(page: PageFigures): string[] {
  const { before, lab, firstAnswers } = page;
  return [
    `Page: the built chapter in ${page.browser}, a new browser for each try, gzip bytes, served from this computer`,
    row('coldBootMs: click on Run to first answer in the table', inWords(page.coldBootMs), 'ms'),
    row('  of it, to the first machine that is up', inWords(page.coldUpMs), 'ms'),
    row('firstAnswerColdMs: the same, one browser, fresh contexts', inWords(firstAnswers.coldMs), 'ms'),
    row('firstAnswerWarmMs: run again in the same page', inWords(firstAnswers.warmMs), 'ms'),
    row('bytesBeforeIntent (CSS and JS)', bytes(before.css + before.js), 'bytes'),
    row('jsBytesBeforeIntent', bytes(before.js), 'bytes'),
    row('  besides: page / fonts and pictures', `${bytes(before.html)} / ${bytes(before.other)}`, 'bytes'),
    row('bytesLab: after Run, without the editor', bytes(total(lab)), 'bytes'),
    row('  of it JS / CSS / JSON', `${bytes(lab.js)} / ${bytes(lab.css)} / ${bytes(lab.json)}`, 'bytes'),
    '  The lab starts at real speed, so what the cluster itself waits for before its first answer is in coldBootMs.',
  ];
}

function row(name: string, value: string, unit: string): string {
  return `  ${name.padEnd(54)}${value} ${unit}`.trimEnd();
}

function ratio(one: Spread, other: Spread): number {
  return one.median / other.median;
}

function total(each: Bytes): number {
  return Object.values(each).reduce((sum, count) => sum + count, 0);
}

function bytes(count: number): string {
  return count.toLocaleString('en-US');
}

function rounded(value: number): number {
  return Number(value.toPrecision(4));
}
