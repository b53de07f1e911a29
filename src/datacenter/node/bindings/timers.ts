// Ticks, microtasks, timers and immediates: Node's queues on the process's event loop.
// JavaScript cannot drain promise jobs from inside a call, so runMicrotasks does nothing here: the engine
// returns to the host after every turn, and where Node would drain between two callbacks of one turn we stop
// the turn and come back (see YieldForMicrotasks). Called by registry.ts and program.ts.
import type { Binding, Realm } from '../realm.ts';

/** Thrown through Node's timer loop to stop it between two callbacks. Never seen by program code. */
export const YieldForMicrotasks = { name: 'YieldForMicrotasks' } as const;

const PROMISE_REJECT_EVENTS = {
  kPromiseRejectWithNoHandler: 0,
  kPromiseHandlerAddedAfterReject: 1,
  kPromiseResolveAfterResolved: 2,
  kPromiseRejectAfterResolved: 3,
} as const;

export const taskQueue = (realm: Realm): Binding => ({
  tickInfo: realm.tickInfo,
  runMicrotasks: () => {
    realm.jobs?.drain();
    // Ticks ran: what they left to promise jobs comes before rejections are told, where there are any.
    if (realm.jobs !== null || realm.tickInfo[0] !== 1 || realm.tickInfo[1] === 0) return;
    realm.tickInfo[0] = 0;
    throw YieldForMicrotasks;
  },
  setTickCallback: (callback: () => void) => {
    realm.tickCallback = callback;
  },
  enqueueMicrotask: (job: () => void) => {
    const guarded = (): void => {
      if (realm.process.isEnding) return;
      try {
        job();
      } catch (error) {
        realm.fatal(error);
      }
    };
    if (realm.jobs === null) queueMicrotask(guarded);
    else realm.jobs.enqueue(guarded);
  },
  setPromiseRejectCallback: (callback: Realm['promiseRejected']) => {
    realm.promiseRejected = callback;
  },
  promiseRejectEvents: PROMISE_REJECT_EVENTS,
});

export const timers = (realm: Realm): Binding => ({
  immediateInfo: new Uint32Array(3),
  timeoutInfo: new Int32Array(1),
  setupTimers: () => undefined,
  getLibuvNow: () => loopNowMs(realm),
  scheduleTimer: (delayMs: number) => realm.process.armTimer(delayMs),
  toggleTimerRef: (on: boolean) => {
    realm.keepsTimers = on;
  },
  toggleImmediateRef: () => undefined,
});

/** Milliseconds since the machine's first boot plus one, as libuv's clock never shows zero. */
export function loopNowMs(realm: Realm): number {
  return Math.floor((realm.process.nowNs - realm.machine.bootedNs) / 1e6) + 1;
}
