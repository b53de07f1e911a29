// The page that a learning platform opens: holds the session with it, shows the chapter in a frame of its own (so that
// going to another page there ends nothing), and tells the platform what the chapter's page keeps of the reader. Says
// in words what the platform does not do; loses nothing by it. Only in packages: the site never loads it.
import type { Launch } from '../../teaching/lms/launch-data.ts';
import { openProgress } from '../progress/open.ts';
import type { Progress } from '../progress/progress.ts';
import { type Bar, openBar } from './bar.ts';
import { openCmi5 } from './cmi5.ts';
import { changeLearner } from './learners.ts';
import { type Platform, PlatformProblem } from './platform.ts';
import { Saver } from './saver.ts';
import { openScorm } from './scorm.ts';
import { watchSections } from './section.ts';
import { countsOf, standingOf, takeOver } from './standing.ts';
import { STATE_MAX, unpack } from './state.ts';

const KEEPS = 'What you do here is kept in this browser';
/** Without storage, or with a learner's before this one that cannot be put away. */
const NOT_APART =
  'This browser does not let the page keep what is yours, so nothing of this visit is reported. Let this site keep data, and open the chapter again.';

const now = (): number => Date.now();

async function connect({ standard }: Launch): Promise<Platform | null> {
  if (standard !== 'cmi5') return openScorm(standard, { window: globalThis.window, nowMs: now });
  return openCmi5({
    parameters: new URLSearchParams(location.search),
    fetch: (address, init) => fetch(address, init),
    nowMs: now,
    newId,
    kept: attempt(() => sessionStorage),
  });
}

function attempt<T>(read: () => T): T | null {
  try {
    return read();
  } catch {
    return null;
  }
}

/** A UUID of version 4, also where the page is not served securely. */
function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  const hex = Array.from(bytes, (byte, at) => {
    const marked = at === 6 ? (byte & 0x0f) | 0x40 : at === 8 ? (byte & 0x3f) | 0x80 : byte;
    return marked.toString(16).padStart(2, '0');
  }).join('');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}

/** The platform, or why there is none in words. */
async function platformOf(launch: Launch): Promise<Platform | string> {
  try {
    const found = await connect(launch);
    if (found !== null) return found;
    return `No learning platform is around this page. ${KEEPS} all the same.`;
  } catch (error) {
    return `${wordsOf(error)} ${KEEPS} and is not reported.`;
  }
}

function wordsOf(error: unknown): string {
  if (error instanceof PlatformProblem) return error.message;
  console.error(error);
  return `Something went wrong with the learning platform (${String(error)}).`;
}

/** Takes over what the platform kept. In words, what of it could not be read. */
function resume(launch: Launch, platform: Platform, progress: Progress): string {
  const { state } = platform.resume;
  if (state === '') return '';
  const records = unpack(launch, state, now());
  if (records === null) return 'What the learning platform had kept cannot be read; it is written anew.';
  takeOver(progress, records);
  return '';
}

/** Whether what this browser keeps is this learner's, or can be made so. */
async function isTheirs(progress: Progress, { learner }: Platform): Promise<boolean> {
  if (learner === '') return true;
  try {
    await changeLearner(progress, learner);
    return true;
  } catch (error) {
    console.error(error);
    return false;
  }
}

async function start(): Promise<void> {
  const launch = JSON.parse(document.getElementById('launch')?.textContent ?? 'null') as Launch;
  const frame = document.querySelector('iframe');
  if (frame === null) throw new Error('expected a frame for the chapter, found none');
  const bar = openBar();
  addEventListener('storage', ({ key, newValue }) => {
    if (key === 'brownout:theme') document.documentElement.dataset['theme'] = newValue ?? '';
  });
  const found = await platformOf(launch);
  const progress = await openProgress();
  const platform = typeof found === 'string' || (await isTheirs(progress, found)) ? found : NOT_APART;
  if (typeof platform === 'string') {
    bar.say(platform, 'alone');
    bar.count(countsOf(launch, progress));
    progress.onChange(() => bar.count(countsOf(launch, progress)));
    frame.src = launch.page;
    return;
  }
  const remark = resume(launch, platform, progress);
  if (platform.exit !== '') bar.offerExit(platform.exit);
  await progress.settled();
  const section = launch.sections.includes(platform.resume.section) ? platform.resume.section : '';
  frame.src = section === '' ? launch.page : `${launch.page}#${section}`;
  report({ launch, frame, bar, progress, platform, remark, section });
}

interface Session {
  readonly launch: Launch;
  readonly frame: HTMLIFrameElement;
  readonly bar: Bar;
  readonly progress: Progress;
  readonly platform: Platform;
  /** What the reader should know from the start. */
  readonly remark: string;
  section: string;
}

function report(session: Session): void {
  const { launch, frame, bar, progress, platform, remark } = session;
  let wasComplete = false;
  let isEnded = false;
  const standing = () => standingOf(launch, progress, session.section, platform.stateMax || STATE_MAX);
  const saver = new Saver({
    nowMs: now,
    after: (ms, callback) => void setTimeout(callback, ms),
    send: async () => {
      const { standing: one, leftOut } = standing();
      try {
        await platform.report(one);
        if (progress.notice !== '') return bar.say(progress.notice, 'wrong');
        const less = leftOut === '' ? '' : ` It has no room for ${leftOut}: that is in this browser only.`;
        const done = one.isComplete ? 'Complete, and reported to' : 'Reported to';
        bar.say([`${done} your learning platform.${less}`, remark].join(' ').trim(), 'well');
      } catch (error) {
        bar.say(`${wordsOf(error)} ${KEEPS}; the next report tells all of it again.`, 'wrong');
        throw error;
      }
    },
  });
  const changed = (): void => {
    bar.count(countsOf(launch, progress));
    if (!platform.reports || isEnded) return;
    saver.changed();
    const { isComplete } = standing().standing;
    if (isComplete && !wasComplete) void saver.flush();
    wasComplete = isComplete;
  };
  if (progress.notice !== '') bar.say(progress.notice, 'wrong');
  else if (platform.reports)
    bar.say(['Connected with your learning platform.', remark].join(' ').trim(), 'well');
  else bar.say('Opened for looking: nothing of this visit is reported.', 'well');
  progress.onChange(() => {
    if (progress.notice !== '') bar.say(progress.notice, 'wrong');
    changed();
  });
  const seen = (id: string): void => {
    session.section = id;
    if (platform.reports && !isEnded) saver.changed();
  };
  watchSections(frame, launch, seen, (title) => bar.showElsewhere(title));
  document.addEventListener('visibilitychange', () => {
    if (document.visibilityState === 'hidden' && !isEnded) void saver.flush();
  });
  addEventListener('pagehide', () => {
    if (isEnded) return;
    isEnded = true;
    platform.end(standing().standing);
  });
  addEventListener('pageshow', ({ persisted }) => {
    if (persisted)
      bar.say(
        `The session with your learning platform has ended: open the chapter there again. ${KEEPS}.`,
        'wrong',
      );
  });
  changed();
}

void start();
