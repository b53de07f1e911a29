// Node's frozen copies of JavaScript's built-ins: one copy a thread, and per process its own Date and chance.
// What engines other than V8 lack is added to the thread before the copy is made. Called by realm.ts.
import { SharedMemory } from '../base/shared-memory.ts';
import { keep, keepEach, thenKept } from './async-context.ts';
import { atomicsOf } from './atomics.ts';
import { noteClasses } from './class-names.ts';
import { buildClock } from './clock.ts';
import { completeStacks, refreshHead } from './error-stacks.ts';
import { takeChance } from './host-chance.ts';
import { standInOnePlace } from './host-place.ts';
import { takeIntrinsics } from './intrinsics.ts';
import type { Jobs } from './jobs.ts';
import type { CompiledLibrary } from './library.ts';
import { showSources } from './loader/shown-source.ts';
import { notedResolvers } from './promise-states.ts';
import type { Realm } from './realm.ts';

const shared = new WeakMap<CompiledLibrary, object>();

/**
 * The primordials of a process: the thread's, with what depends on clock, chance and threads replaced. `collects` where the
 * thread collects garbage by itself and wants to hear of it.
 */
export function primordialsOf({ library, process, jobs, options }: Realm): object {
  const collects = options.collectGarbage !== undefined;
  let common = shared.get(library);
  if (common === undefined) {
    completeEngine();
    completeStacks();
    showSources();
    takeChance(collects);
    standInOnePlace();
    noteClasses();
    common = {};
    library.function('internal/per_context/primordials')({}, common, {}, {});
    shared.set(library, common);
    takeIntrinsics();
  }
  if (jobs !== null) common = primordialsWith(jobs, library);
  const { Date: ProcessDate, random } = buildClock(process);
  const atomics = atomicsOf(process);
  const constant = (value: unknown): PropertyDescriptor => ({ value, enumerable: true });
  const { ErrorCaptureStackTrace: capture } = common as { ErrorCaptureStackTrace: Capture };
  return Object.create(common, {
    ErrorCaptureStackTrace: constant(capturing(capture)),
    AtomicsWait: constant(atomics.wait),
    AtomicsWaitAsync: constant(atomics.waitAsync),
    AtomicsNotify: constant(atomics.notify),
    Date: constant(ProcessDate),
    DateNow: constant(() => ProcessDate.now()),
    MathRandom: constant(random),
    ...(jobs === null && {
      PromisePrototypeThen: constant(thenKept),
      PromiseWithResolvers: constant(notedResolvers),
    }),
    // Put around what the library awaits, when the build takes it.
    keep: constant(jobs === null ? keep : asItIs),
    keepEach: constant(jobs === null ? keepEach : asItIs),
    jobs: constant(jobs),
  }) as object;
}

const asItIs = (value: unknown): unknown => value;

/** A copy of built-ins with a realm's own promises. */
function primordialsWith(jobs: Jobs, library: CompiledLibrary): object {
  const own = {};
  const host = Object.getOwnPropertyDescriptor(globalThis, 'Promise') as PropertyDescriptor;
  Object.defineProperty(globalThis, 'Promise', { ...host, value: jobs.Promise });
  try {
    library.function('internal/per_context/primordials')({}, own, {}, {});
  } finally {
    Object.defineProperty(globalThis, 'Promise', host);
  }
  return own;
}

/** For the modules of the library that change the process's global object. */
export function withGlobal(primordials: object, globalObject: object): object {
  return Object.create(primordials, { globalThis: { value: globalObject, enumerable: true } }) as object;
}

type Capture = (target: Record<string, unknown>, above?: unknown) => void;

/** Node heads the stacks of its own errors with their code, `TypeError [ERR_X]: …`, and so do we. */
function capturing(capture: Capture): Capture {
  return (target, above) => {
    if (above === undefined) capture(target);
    else capture(target, above);
    refreshHead(target);
    if (typeof target['code'] === 'string') headWithCode(target);
  };
}

/** Does nothing to errors that are not the library's: their toString() is JavaScript's own. */
export function headWithCode(error: Record<string, unknown>): void {
  const { stack, toString: show } = error as { stack?: unknown; toString: unknown };
  if (show === Error.prototype.toString || typeof show !== 'function') return;
  // Assertions put it there themselves.
  if (String(error['name']).endsWith(`[${String(error['code'])}]`)) return;
  const head = `${String(error['name'])}: `;
  if (typeof stack === 'string' && stack.startsWith(head))
    error['stack'] = `${String(error['name'])} [${String(error['code'])}]: ${stack.slice(head.length)}`;
}

/** Adds what V8 has and Firefox or WebKit may not. Does nothing where it is there. */
function completeEngine(): void {
  const symbols = Symbol as unknown as Record<string, symbol>;
  for (const name of ['dispose', 'asyncDispose']) {
    if (!(name in symbols)) Object.defineProperty(Symbol, name, { value: Symbol(`Symbol.${name}`) });
  }
  const scope = globalThis as unknown as Record<string, unknown>;
  for (const name of ['DisposableStack', 'AsyncDisposableStack']) {
    scope[name] ??= class DisposableStackMissing {};
  }
  scope['SharedArrayBuffer'] ??= SharedMemory;
  scope['SuppressedError'] ??= class SuppressedError extends Error {};
  scope['Float16Array'] ??= class Float16ArrayMissing extends Uint16Array {};
  if (typeof Error.captureStackTrace !== 'function') {
    Object.defineProperty(Error, 'captureStackTrace', {
      configurable: true,
      writable: true,
      value: (target: object) => {
        Object.defineProperty(target, 'stack', {
          configurable: true,
          writable: true,
          value: new Error('').stack,
        });
      },
    });
  }
}
