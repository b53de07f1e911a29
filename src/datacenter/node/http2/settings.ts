// The settings of one side of a connection (RFC 9113, section 6.5.2), and their entries on the wire. Says what is
// wrong with an entry that a peer sent; which entry may be sent when is the caller's business.
import { FAULT } from './codes.ts';
import { bytesOf16, bytesOf32, uint32 } from './frames.ts';

export const SETTING = {
  HEADER_TABLE_SIZE: 1,
  ENABLE_PUSH: 2,
  MAX_CONCURRENT_STREAMS: 3,
  INITIAL_WINDOW_SIZE: 4,
  MAX_FRAME_SIZE: 5,
  MAX_HEADER_LIST_SIZE: 6,
  ENABLE_CONNECT_PROTOCOL: 8,
} as const;

export const WINDOW_MAX = 0x7f_ff_ff_ff;
export const WINDOW_DEFAULT = 65_535;
const UNLIMITED = 0xff_ff_ff_ff;
const FRAME_BYTES_MIN = 16_384;
const FRAME_BYTES_MAX = 0xff_ff_ff;
const ENTRY_BYTES = 6;

export type Entry = readonly [id: number, value: number];
export type Settings = Map<number, number>;

export const defaultSettings = (): Settings =>
  new Map([
    [SETTING.HEADER_TABLE_SIZE, 4096],
    [SETTING.ENABLE_PUSH, 1],
    [SETTING.MAX_CONCURRENT_STREAMS, UNLIMITED],
    [SETTING.INITIAL_WINDOW_SIZE, WINDOW_DEFAULT],
    [SETTING.MAX_FRAME_SIZE, FRAME_BYTES_MIN],
    [SETTING.MAX_HEADER_LIST_SIZE, UNLIMITED],
    [SETTING.ENABLE_CONNECT_PROTOCOL, 0],
  ]);

export const bytesOfEntries = (entries: readonly Entry[]): number[] =>
  entries.flatMap(([id, value]) => [...bytesOf16(id), ...bytesOf32(value)]);

export function entriesOf(payload: Uint8Array): Entry[] {
  const entries: Entry[] = [];
  for (let at = 0; at < payload.length; at += ENTRY_BYTES)
    entries.push([((payload[at] ?? 0) << 8) | (payload[at + 1] ?? 0), uint32(payload, at + 2)]);
  return entries;
}

/** What is wrong with an entry: the fault and its words, or null. */
export function faultOf(
  [id, value]: Entry,
  isClient: boolean,
  before: Settings,
): readonly [number, string] | null {
  switch (id) {
    case SETTING.ENABLE_PUSH:
      if (value > 1) return [FAULT.PROTO, 'SETTINGS: invalid SETTINGS_ENBLE_PUSH'];
      return isClient && value === 1 ? [FAULT.PROTO, 'SETTINGS: server attempted to enable push'] : null;
    case SETTING.INITIAL_WINDOW_SIZE:
      return value > WINDOW_MAX
        ? [FAULT.FLOW_CONTROL, 'SETTINGS: too large SETTINGS_INITIAL_WINDOW_SIZE']
        : null;
    case SETTING.MAX_FRAME_SIZE:
      return value < FRAME_BYTES_MIN || value > FRAME_BYTES_MAX
        ? [FAULT.PROTO, 'SETTINGS: invalid SETTINGS_MAX_FRAME_SIZE']
        : null;
    case SETTING.ENABLE_CONNECT_PROTOCOL:
      if (value > 1) return [FAULT.PROTO, 'SETTINGS: invalid SETTINGS_ENABLE_CONNECT_PROTOCOL'];
      return !isClient || value === 1 || before.get(id) === 0
        ? null
        : [FAULT.PROTO, 'SETTINGS: server attempted to disable SETTINGS_ENABLE_CONNECT_PROTOCOL'];
    default:
      return null;
  }
}
