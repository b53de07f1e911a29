// What the bench prints: a table for people, one JSON object for programs. Pure. Later issues add keys, and keep
// those that are there. Called by bench.ts.
import type { BootFigures } from './boot.ts';
import type { Bytes, PageFigures } from './page.ts';
import { inWords, type Spread } from './spread.ts';
import { CONNECTIONS, type ThroughputFigures } from './throughput.ts';

/** A part that was not measured is not there. */
export interface Figures {
  readonly computer: string;
  readonly boot?: BootFigures;
  readonly throughput?: ThroughputFigures;
  readonly page?: PageFigures;
}

export function figuresAsJson(figures: Figures): Record<string, unknown> {
  const { computer, boot, throughput, page } = figures;
  return {
    bootRatio: boot === undefined ? null : rounded(ratio(boot.datacenterMs, boot.realMs)),
    coldBootMs: page === undefined ? null : rounded(page.coldBootMs.median),
    throughputRatio: throughput === undefined ? null : rounded(throughput.ratio.median),
    bytesBeforeIntent: page === undefined ? null : page.before.css + page.before.js,
    jsBytesBeforeIntent: page === undefined ? null : page.before.js,
    bytesLab: page === undefined ? null : total(page.lab),
    more: { computer, boot, throughput, page },
  };
}

export function figuresAsTable(figures: Figures): string {
  const { computer, boot, throughput, page } = figures;
  const lines = [`Measured on ${computer}. Median (least to most) of the tries.`];
  if (boot !== undefined) lines.push('', ...bootLines(boot));
  if (throughput !== undefined) lines.push('', ...throughputLines(throughput));
  if (page !== undefined) lines.push('', ...pageLines(page));
  return `${lines.join('\n')}\n`;
}

function bootLines(boot: BootFigures): string[] {
  return [
    'Boot: from the order to start the cluster to the first answered request',
    row('data center, new thread', inWords(boot.datacenterMs), 'ms'),
    row('data center, thread that ran it before', inWords(boot.datacenterAgainMs), 'ms'),
    row('real Node processes, forked at once', inWords(boot.realMs), 'ms'),
    row('bootRatio (new thread / real)', ratio(boot.datacenterMs, boot.realMs).toFixed(2), ''),
    row('until all servers listen: data center', inWords(boot.datacenterListenMs), 'ms'),
    row('until all servers listen: real', inWords(boot.realListenMs), 'ms'),
    row('  their ratio', ratio(boot.datacenterListenMs, boot.realListenMs).toFixed(2), ''),
    `  The programs ask again after 50 and 100 ms while others are not ready: the first answer comes at ${boot.virtualMs.toFixed(0)} ms`,
    '  of virtual time, which real processes must wait for and the data center need not.',
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
  const { before, lab } = page;
  return [
    `Page: the built chapter in ${page.browser}, a new browser for each try, gzip bytes, served from this computer`,
    row('coldBootMs: click on Run to first answer in the table', inWords(page.coldBootMs), 'ms'),
    row('  of it, to the first machine that is up', inWords(page.coldUpMs), 'ms'),
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
