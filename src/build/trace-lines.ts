// The packets around one request of a recorded run, as lines for a question: when, from where, to where, what.
// Times count from the moment at which the client sent that request; mere acknowledgements are left out. Refuses a run in which no request is such as was
// asked for. Called by quiz-file.ts.
import type { RequestSample } from '../datacenter/contract.ts';
import { complain } from './complain.ts';
import type { PacketLine } from './packet-lines.ts';
import type { Recorded } from './recorded.ts';

export interface TraceLine {
  /** The client's sending of the request in question. */
  readonly asked: boolean;
  readonly ms: string;
  readonly from: string;
  readonly to: string;
  readonly what: string;
}
export interface RequestTrace {
  readonly sample: RequestSample;
  readonly lines: readonly TraceLine[];
}
interface Wanted {
  readonly request: { readonly afterMs: number; readonly lost: boolean; readonly by?: string | undefined };
  readonly beforeMs: number;
  readonly untilMs: number;
}

export function requestTrace(
  at: { readonly file: string; readonly line?: number; readonly column?: number },
  run: Recorded,
  wanted: Wanted,
): RequestTrace {
  const { afterMs, lost, by } = wanted.request;
  const sample = run.samples
    .filter((each) => each.ok !== lost && each.intendedMs >= afterMs && (by === undefined || each.by === by))
    .sort((a, b) => a.intendedMs - b.intendedMs)[0];
  const asked = run.packets.find((packet) => sample !== undefined && asks(packet, sample.id));
  if (sample === undefined || asked === undefined) {
    complain({
      ...at,
      expected: `a request of the run ${run.name} due after ${afterMs} ms that was ${lost ? 'lost' : 'answered'}${by === undefined ? '' : ` by ${by}`}`,
      found: 'none',
      fix: 'correct `request`, or ask for another run.',
    });
  }
  const [from, until] = [asked.atMs - wanted.beforeMs, asked.atMs + wanted.untilMs];
  const lines = run.packets
    .filter((packet) => packet.atMs >= from && packet.atMs <= until)
    .filter((packet) => packet.bytes > 0 || packet.flags !== '.')
    .map((packet) => ({
      asked: packet === asked,
      ms: (packet.atMs - asked.atMs).toFixed(2).replace('-', '−'),
      from: `${packet.from}:${packet.fromPort}`,
      to: `${packet.to}:${packet.toPort}`,
      what: whatOf(packet),
    }));
  return { sample, lines };
}

function asks(packet: PacketLine, id: number): boolean {
  return packet.by === 'client' && new RegExp(`[?&]id=${id}(?!\\d)`).test(packet.says);
}

const words: Readonly<Record<string, string>> = {
  S: 'SYN',
  'S.': 'SYN, ACK',
  '.': 'ACK',
  F: 'FIN',
  'F.': 'FIN',
  R: 'RST',
  'R.': 'RST',
};

function whatOf(packet: PacketLine): string {
  const what = packet.bytes > 0 ? `${packet.bytes} bytes` : (words[packet.flags] ?? packet.flags);
  return packet.lost === undefined ? what : `${what}, never arrives`;
}
