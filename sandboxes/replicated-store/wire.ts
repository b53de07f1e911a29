// What stores say to each other: one JSON object a line, over TCP. Reads and checks lines; sends nothing by itself.
// Refuses lines that are no message or longer than a snapshot may be: the other side is told why and the connection
// ends; other connections never notice. Used by replica.ts and ship.ts.
import type { Socket } from 'node:net';
import type { LogRecord, Snapshot } from './log.ts';

export const LINE_CHARACTERS_MAX = 16 * 1024 * 1024;
export const KEY_MAX = 128;
/** Characters. */
export const VALUE_MAX = 64 * 1024;

/** From a primary: these records follow `previous`. No records: a sign of life. */
export interface Ship {
  readonly epoch: number;
  readonly from: string;
  /** Counts the primary's messages; the answer names it, so that a read can wait for an answer to a later one. */
  readonly number: number;
  readonly previous: { readonly epoch: number; readonly index: number };
  readonly records: readonly LogRecord[];
  /** In place of records, where the replica is so far behind that the primary's log begins later. */
  readonly snapshot?: Snapshot;
}

/** From a replica. */
export interface Answer {
  readonly epoch: number;
  readonly number: number;
  /** The primary's log is known up to here, in memory and on the disk. */
  readonly received: number;
  readonly durable: number;
  /** `previous` is not in this log: go back to this index. -1: the whole state, please. */
  readonly gap?: number;
}

const isCount = (value: unknown): value is number =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= 0xffffffff;
const isText = (value: unknown): value is string => typeof value === 'string';
const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;
const isPlace = (value: unknown): value is Record<string, unknown> =>
  isObject(value) && isCount(value['epoch']) && isCount(value['index']);

/** A record that can follow the one at `before`, of an epoch that is not later than `epoch`. */
function isRecord(value: unknown, before: number, epoch: number): boolean {
  if (!isPlace(value) || value['index'] !== before + 1 || Number(value['epoch']) > epoch) return false;
  const { key, value: text } = value;
  return (
    isText(key) && key.length <= KEY_MAX && (text === null || (isText(text) && text.length <= VALUE_MAX))
  );
}

function areRecords(value: unknown, from: number, epoch: number): boolean {
  return Array.isArray(value) && value.every((one, at) => isRecord(one, from + at, epoch));
}

function isSnapshot(value: unknown): boolean {
  if (!isPlace(value) || !Array.isArray(value['entries'])) return false;
  return value['entries'].every((one) => Array.isArray(one) && one.length === 2 && one.every(isText));
}

/** Throws what was expected and found. */
export function shipIn(line: string): Ship {
  const ship: unknown = JSON.parse(line);
  const isGood =
    isPlaceless(ship) &&
    isText(ship['from']) &&
    isPlace(ship['previous']) &&
    areRecords(ship['records'], Number(ship['previous']['index']), Number(ship['epoch'])) &&
    (ship['snapshot'] === undefined || isSnapshot(ship['snapshot']));
  if (isGood) return ship as unknown as Ship;
  throw new Error(`expected {epoch, from, number, previous, records}, found ${line.slice(0, 80)}`);
}

export function answerIn(line: string): Answer {
  const answer: unknown = JSON.parse(line);
  const isGood =
    isPlaceless(answer) &&
    isCount(answer['received']) &&
    isCount(answer['durable']) &&
    (answer['gap'] === undefined || answer['gap'] === -1 || isCount(answer['gap']));
  if (isGood) return answer as unknown as Answer;
  throw new Error(`expected {epoch, number, received, durable}, found ${line.slice(0, 80)}`);
}

function isPlaceless(value: unknown): value is Record<string, unknown> {
  return isObject(value) && isCount(value['epoch']) && isCount(value['number']);
}

/** Calls `take` with each line. What it throws, and a line without end, is told to the other side, which is cut off. */
export function onLines(socket: Socket, take: (line: string) => void): void {
  let held = '';
  socket.setEncoding('utf8');
  socket.setNoDelay(true);
  socket.on('error', () => {}); // `close` follows, and whoever cares listens for that.
  socket.on('data', (text: string) => {
    const lines = (held + text).split('\n');
    held = lines.pop() ?? '';
    try {
      for (const line of lines) if (!socket.destroyed) take(line);
      if (held.length > LINE_CHARACTERS_MAX) throw new Error('expected a line, found one without end');
    } catch (error) {
      held = '';
      say(socket, { error: error instanceof Error ? error.message : String(error) });
      socket.destroySoon();
    }
  });
}

export function say(socket: Socket, message: object): void {
  if (socket.writable) socket.write(`${JSON.stringify(message)}\n`);
}
