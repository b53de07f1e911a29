// Descriptors of sockets: the number of a handle's socket among the open files of its process, given when somebody
// first asks for it, and what lies at a number. Called by the handles of TCP, UDP and pipes, and by util.ts.
import type { Realm } from '../realm.ts';
import { fileSystemOf } from './fs.ts';

/** As `internal/util` numbers them. */
export const HANDLE_TYPES = ['TCP', 'TTY', 'UDP', 'FILE', 'PIPE', 'UNKNOWN'] as const;
type HandleType = (typeof HANDLE_TYPES)[number];

/** A handle whose socket may have a number. */
export interface Numbered {
  readonly socketType: HandleType;
  /** The loop waits for its socket, which no second handle may then do. */
  readonly isPolled: boolean;
}

const numbers = new WeakMap<Numbered, number>();

/** Its number; `hold` is told what to do when the handle closes. */
export function descriptorOf(realm: Realm, handle: Numbered, hold: (release: () => void) => void): number {
  return numbers.get(handle) ?? setDescriptor(realm, handle, undefined, hold);
}

/** Gives a handle the number that another handle of the same socket has, or the lowest free one. */
export function setDescriptor(
  realm: Realm,
  handle: Numbered,
  fd: number | undefined,
  hold: (release: () => void) => void,
): number {
  const { files } = fileSystemOf(realm);
  const given = files.addSocket(handle, fd);
  numbers.set(handle, given);
  hold(() => files.closeSocket(given));
  return given;
}

/** The handle that has the number, or the code of why another may not open it. */
export function openable(realm: Realm, fd: number): Numbered | 'EBADF' | 'EEXIST' {
  const handle = fileSystemOf(realm).files.socketAt(fd) as Numbered | undefined;
  if (handle === undefined) return 'EBADF';
  return handle.isPolled ? 'EEXIST' : handle;
}

/** Its place in HANDLE_TYPES. */
export function typeOfDescriptor(realm: Realm, fd: number): number {
  const { files } = fileSystemOf(realm);
  const socket = files.socketAt(fd) as Numbered | undefined;
  const isPipe = realm.options.stdio?.[fd]?.kind === 'pipe';
  const other: HandleType = isPipe ? 'PIPE' : fd <= 2 || files.has(fd) ? 'FILE' : 'UNKNOWN';
  return HANDLE_TYPES.indexOf(socket?.socketType ?? other);
}
