// The idea of the chapter: when may a primary tell a client that its write is done? Decides only, from what is known of
// one write; primary.ts asks again whenever something has changed. Every promise of a replicated store is made here.
// As it stands, semi-sync does what MySQL's does by default. The exercise `honest` asks you to mend it.

export type Mode = 'async' | 'semi-sync' | 'quorum';

/** One write that a client waits for. */
export interface Waiting {
  /** It is on the primary's own disk: fsync has returned. */
  readonly onOwnDisk: boolean;
  /** Names of the replicas that have it in memory. */
  readonly received: readonly string[];
  /** Names of the replicas that have it on their disks. */
  readonly durable: readonly string[];
  /** How many replicas there are, alive or not. */
  readonly replicas: number;
  readonly waitedMs: number;
  /** After so long the client is to have an answer. */
  readonly patienceMs: number;
}

/** `refuse` tells the client that it failed: the write may still survive, but nobody promised it. */
export type Verdict = 'acknowledge' | 'wait' | 'refuse';

// #region async
/** The primary alone: fast, and gone with it. */
function async(write: Waiting): Verdict {
  return write.onOwnDisk ? 'acknowledge' : 'wait';
}
// #endregion

// #region semi-sync
/** One replica has it as well. Or has not: then the client is told so all the same. */
function semiSync(write: Waiting): Verdict {
  if (!write.onOwnDisk) return 'wait';
  if (write.durable.length >= 1) return 'acknowledge';
  return write.waitedMs < write.patienceMs ? 'wait' : 'acknowledge';
}
// #endregion

// #region quorum
/** A majority of all stores, the primary among them, has it on disk. Without a majority there is no yes. */
function quorum(write: Waiting): Verdict {
  const copies = (write.onOwnDisk ? 1 : 0) + write.durable.length;
  if (write.onOwnDisk && copies > (write.replicas + 1) / 2) return 'acknowledge';
  return write.waitedMs < write.patienceMs ? 'wait' : 'refuse';
}
// #endregion

const modes = { async, 'semi-sync': semiSync, quorum };

export function decide(mode: Mode, write: Waiting): Verdict {
  return modes[mode](write);
}

/** Throws with the modes there are. */
export function modeCalled(name: string): Mode {
  if (Object.hasOwn(modes, name)) return name as Mode;
  throw new Error(`mode: expected one of ${Object.keys(modes).join(', ')}, found '${name}': correct it`);
}
