// The service worker: answers with files that are kept on the device, keeps pages as they are read, and the whole course
// when it is told to. A file is kept only if its bytes have the hash of the build that this worker belongs to, so two
// builds never mix; what a new build no longer has is dropped when it takes over, which the reader decides. It fetches
// nothing that the reader's pages would not. Bundled as /sw.js by build/offline-plan.ts.
import { fileAt, keyOf, type OfflinePlan, type OfflineState, type ToWorker } from './plan.ts';

declare const OFFLINE_PLAN: OfflinePlan;

/** What TypeScript's DOM library does not say of a service worker. */
interface Extendable extends Event {
  waitUntil(work: Promise<unknown>): void;
}
interface Fetching extends Extendable {
  readonly request: Request;
  respondWith(answer: Promise<Response>): void;
}
interface Heard extends Extendable {
  readonly data: ToWorker;
  readonly ports: readonly MessagePort[];
}
interface Scope {
  readonly clients: { claim(): Promise<void> };
  skipWaiting(): Promise<void>;
  addEventListener(type: 'activate', listener: (event: Extendable) => void): void;
  addEventListener(type: 'fetch', listener: (event: Fetching) => void): void;
  addEventListener(type: 'message', listener: (event: Heard) => void): void;
}

const scope = globalThis as unknown as Scope;
const plan = OFFLINE_PLAN;
const CACHE = 'brownout-files';
/** Its being there says that the reader wants nothing kept. */
const NOTHING = 'brownout-nothing';
const NOT_FOUND = '/404.html';
/** Ends what this worker fetches of its own accord, for the one that takes over. */
const stopped = new AbortController();

async function kept(file: string): Promise<Response | undefined> {
  return (await caches.open(CACHE)).match(keyOf(plan, file));
}

/** Puts an answer away if it is the file of this build; anything else is left alone. */
async function keep(file: string, answer: Response): Promise<boolean> {
  if (await caches.has(NOTHING)) return false;
  const body = await answer.arrayBuffer();
  const digest = await crypto.subtle.digest('SHA-256', body);
  const hash = [...new Uint8Array(digest, 0, 8)].map((byte) => byte.toString(16).padStart(2, '0')).join('');
  if (hash !== plan.files[file]?.hash) return false;
  const headers = new Headers(answer.headers);
  for (const name of ['content-encoding', 'content-length', 'vary']) headers.delete(name);
  await (await caches.open(CACHE)).put(keyOf(plan, file), new Response(body, { headers }));
  return true;
}

async function fetchAndKeep(file: string): Promise<boolean> {
  if ((await kept(file)) !== undefined) return true;
  const address = file.replace(/\/index\.html$/, '/');
  const answer = await fetch(address, { cache: 'no-cache', signal: stopped.signal });
  return answer.ok && keep(file, answer);
}

async function answer(
  request: Request,
  file: string,
  wait: (work: Promise<unknown>) => void,
): Promise<Response> {
  const own = await kept(file);
  if (own !== undefined) return own;
  try {
    const found = await fetch(request);
    if (found.ok && found.type === 'basic') wait(keep(file, found.clone()).catch(() => false));
    return found;
  } catch (problem) {
    if (request.mode !== 'navigate') throw problem;
    return offlineAnswer(problem);
  }
}

/** A page that is not kept, while there is no network: the page of wrong addresses, which leads on. */
async function offlineAnswer(problem: unknown): Promise<Response> {
  const lost = await kept('/offline/index.html');
  if (lost !== undefined) return lost;
  const notFound = await kept(NOT_FOUND);
  if (notFound !== undefined) return notFound;
  throw problem;
}

/** One after another, so that a reader's own requests come through. */
async function keepAll(files: readonly string[]): Promise<void> {
  for (const file of files) await fetchAndKeep(file);
}

async function dropOthers(): Promise<void> {
  const cache = await caches.open(CACHE);
  const current = new Set(
    Object.keys(plan.files).map((file) => new URL(keyOf(plan, file), location.href).href),
  );
  for (const request of await cache.keys()) if (!current.has(request.url)) await cache.delete(request);
}

async function state(): Promise<OfflineState> {
  const cache = await caches.open(CACHE);
  const there = new Set((await cache.keys()).map(({ url }) => url.slice(location.origin.length)));
  const files = Object.entries(plan.files);
  const keptFiles = files.filter(([file]) => there.has(keyOf(plan, file)));
  const bytes = (list: typeof files): number => list.reduce((sum, [, each]) => sum + each.bytes, 0);
  return {
    version: plan.version,
    keptBytes: bytes(keptFiles),
    allBytes: bytes(files),
    keptFiles: keptFiles.length,
    allFiles: files.length,
  };
}

async function obey(order: ToWorker): Promise<OfflineState | undefined> {
  if (order.kind === 'take-over') {
    await scope.skipWaiting();
    return undefined;
  }
  if (order.kind === 'stop') {
    stopped.abort();
    return undefined;
  }
  if (order.kind === 'keep') {
    const files = order.addresses.map((address) => fileAt(plan, new URL(address, location.href).pathname));
    await keepAll([...files.filter((file) => file !== undefined), NOT_FOUND]);
  } else if (order.kind === 'keep-all') {
    await caches.delete(NOTHING);
    await keepAll(Object.keys(plan.files));
  } else if (order.kind === 'remove') {
    await caches.open(NOTHING);
    await caches.delete(CACHE);
  }
  return state();
}

scope.addEventListener('activate', (event) => {
  event.waitUntil(dropOthers().then(() => scope.clients.claim()));
});

scope.addEventListener('fetch', (event) => {
  const { request } = event;
  const { origin, pathname } = new URL(request.url);
  if (request.method !== 'GET' || origin !== location.origin) return;
  const file = fileAt(plan, pathname);
  if (file !== undefined) event.respondWith(answer(request, file, (work) => event.waitUntil(work)));
  else if (request.mode === 'navigate') {
    event.respondWith(fetch(request).catch((problem: unknown) => offlineAnswer(problem)));
  }
});

scope.addEventListener('message', (event) => {
  const work = obey(event.data).then(
    (done) => event.ports[0]?.postMessage({ done }),
    (problem: unknown) => event.ports[0]?.postMessage({ problem: String(problem) }),
  );
  event.waitUntil(work);
});
