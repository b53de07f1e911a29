// The data center as a Runtime in the page: each run in a Worker inside a sandboxed frame of opaque origin,
// without network. Nothing is fetched before the first boot or warm(). A thread that has run one set of files
// never runs another, so nothing a guest left behind reaches the next reader's run.
// Called by labs and exercises.
import type { CompiledModule } from '../datacenter/datacenter.ts';
import type { Command, Part } from '../datacenter/worker/protocol.ts';
import { Calls, type Order } from './calls.ts';
import { bootOn } from './datacenter-running.ts';
import { type Batch, type Running, RunProblem, type RunSpec, type Runtime } from './runtime.ts';
import { siteRoot } from './site-root.ts';

/** Where build/engine.ts's files are served; what only some sandboxes use of the library lies beside each of them. */
const GUEST_URL = '/engine/guest.js';
const LIBRARY_URL = '/engine/node-library.json';
/** Loaded only when a program needs them. */
const PART_URLS: Readonly<Record<Part, string>> = {
  library: '/engine/node-library-more.json',
  compiler: '/engine/compiler.js',
};

const POLICY = "default-src 'none'; script-src 'unsafe-inline' 'unsafe-eval' blob:; worker-src blob:";

/**
 * Runs in the frame: starts the worker from the text it is sent and hands it the port. Nothing else. It is under the
 * policy of its page as well, which names its script by hash: see build/headers.ts.
 */
export const FRAME = `<!doctype html><meta http-equiv="Content-Security-Policy" content="${POLICY}"><script>
addEventListener('message', (event) => {
  const worker = new Worker(URL.createObjectURL(new Blob([event.data], { type: 'text/javascript' })));
  worker.postMessage(null, [event.ports[0]]);
}, { once: true });
</script>`;

type Texts = Readonly<Record<string, string>>;

const REPLACED = { expected: 'a run that goes on', found: 'one that was stopped', fix: 'run again' };

/** The texts come side by side: the thread starts when it has the first, while the others are under way. */
interface Engine {
  readonly guest: Promise<string>;
  readonly library: Promise<string>;
  readonly own: Promise<string | undefined>;
}

interface Room {
  readonly calls: Calls;
  readonly destroy: () => void;
  /** Files that its guests ran; null while none did. */
  files: RunSpec['files'] | null;
  isBusy: boolean;
}

export interface PageDatacenter extends Runtime {
  /** Fetches the engine and prepares a thread, so that the next boot is quick. */
  warm(): Promise<void>;
  /** Files as shipped, with what they compile to: a run of just these needs no compiler. */
  ship(files: Texts, compiled: Readonly<Record<string, CompiledModule>>): void;
}

/** `sandbox`: whose programs will run, so that what they use of Node's library is there from the start. */
export function createDatacenterRuntime(sandbox?: string): PageDatacenter {
  return new PageRuntime(sandbox === undefined ? undefined : `/labs/${sandbox}/library.json`);
}

class PageRuntime implements PageDatacenter {
  readonly #ownUrl: string | undefined;
  #engine: Engine | null = null;
  #spare: Promise<Room> | null = null;
  #last: Room | null = null;
  readonly #needs = new Set<Part>();
  readonly #shipped = new Map<string, { readonly source: string; readonly compiled: CompiledModule }>();

  constructor(ownUrl: string | undefined) {
    this.#ownUrl = ownUrl;
  }

  async warm(): Promise<void> {
    this.#spare ??= this.#open();
    await this.#spare;
  }

  ship(files: Texts, compiled: Readonly<Record<string, CompiledModule>>): void {
    for (const [path, module] of Object.entries(compiled)) {
      this.#shipped.set(path, { source: files[path] ?? '', compiled: module });
    }
  }

  async boot(spec: RunSpec): Promise<{ run: Running; first: Batch }> {
    let room = await this.#roomFor(spec);
    const enter = (): Calls => {
      room.isBusy = true;
      room.files = spec.files;
      return room.calls;
    };
    const place = {
      bootOrder: (given: RunSpec): Order => ({
        kind: 'boot',
        spec: { ...given, compiled: this.#compiledOf(given) },
      }),
      reopen: async (needs: readonly Part[]): Promise<Calls> => {
        for (const part of needs) this.#needs.add(part);
        room.destroy();
        this.#discardSpare();
        room = await this.#roomFor(spec);
        return enter();
      },
      release: () => this.#release(room),
    };
    try {
      return await bootOn(enter(), spec, place);
    } catch (problem) {
      this.#release(room);
      throw problem;
    }
  }

  #compiledOf(spec: RunSpec): Record<string, CompiledModule> {
    const compiled: Record<string, CompiledModule> = {};
    for (const [path, shipped] of this.#shipped) {
      if (spec.files[path] === shipped.source) compiled[path] = shipped.compiled;
    }
    return compiled;
  }

  /** A spare thread that was opened without a part that is needed now. */
  #discardSpare(): void {
    void this.#spare?.then((room) => room.destroy()).catch(() => undefined);
    this.#spare = null;
  }

  /** The room of the run before, if it is free and ran the same files; else a clean one. */
  async #roomFor(spec: RunSpec): Promise<Room> {
    const last = this.#last;
    if (last !== null && !last.isBusy && !last.calls.isDead && equalFiles(last.files, spec.files))
      return last;
    if (last !== null && !last.isBusy) last.destroy();
    this.#spare ??= this.#open();
    const opening = this.#spare;
    this.#spare = null;
    const room = await opening;
    this.#last = room;
    return room;
  }

  async #parts(): Promise<Partial<Record<Part, string>>> {
    const texts = await Promise.all(
      [...this.#needs].map(async (part) => [part, await fetchText(PART_URLS[part])] as const),
    );
    return Object.fromEntries(texts);
  }

  #release(room: Room): void {
    room.isBusy = false;
    if (room !== this.#last) room.destroy();
    else void room.calls.send({ kind: 'stop' }).catch(() => room.destroy());
  }

  async #open(): Promise<Room> {
    this.#engine ??= fetchEngine(this.#ownUrl);
    const engine = this.#engine;
    const frame = document.createElement('iframe');
    frame.setAttribute('sandbox', 'allow-scripts');
    frame.setAttribute('aria-hidden', 'true');
    frame.title = 'The data center of this lab';
    frame.tabIndex = -1;
    frame.hidden = true;
    const channel = new MessageChannel();
    const post = (command: Command): void => channel.port1.postMessage(command);
    const close = (): void => {
      channel.port1.onmessage = null;
      channel.port1.close();
      frame.remove();
    };
    const calls = new Calls({ post, destroy: close }, { after });
    // Whoever still waits for an answer hears that there will be none.
    const destroy = (): void => calls.end(new RunProblem(REPLACED));
    channel.port1.onmessage = (event: MessageEvent<unknown>) => calls.take(event.data);
    // The frame may need a process of its own, which takes as long as fetching: so at once.
    const framed = new Promise<void>((resolve) => {
      frame.addEventListener('load', () => resolve(), { once: true });
      frame.srcdoc = FRAME;
      document.body.append(frame);
    });
    try {
      const [guest] = await Promise.all([engine.guest, framed]);
      frame.contentWindow?.postMessage(guest, '*', [channel.port2]);
      const [library, own, parts] = await Promise.all([engine.library, engine.own, this.#parts()]);
      await calls.send({ kind: 'load', library, parts, ...(own === undefined ? {} : { own }) });
    } catch (error) {
      this.#engine = null;
      close();
      throw error;
    }
    return { calls, destroy, files: null, isBusy: false };
  }
}

function after(ms: number, callback: () => void): () => void {
  const timer = setTimeout(callback, ms);
  return () => clearTimeout(timer);
}

function equalFiles(a: RunSpec['files'] | null, b: RunSpec['files']): boolean {
  if (a === b) return true;
  if (a === null) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}

function fetchEngine(ownUrl: string | undefined): Engine {
  const own = ownUrl === undefined ? Promise.resolve(undefined) : fetchText(ownUrl);
  const engine = { guest: fetchText(GUEST_URL), library: fetchText(LIBRARY_URL), own };
  // Whoever opens a room hears of a failure, when it comes to the text.
  for (const text of Object.values(engine)) text.catch(() => undefined);
  return engine;
}

async function fetchText(url: string): Promise<string> {
  const found = await fetch(siteRoot() + url).catch((error: unknown) => String(error));
  if (typeof found !== 'string' && found.ok) return found.text();
  throw new RunProblem({
    expected: `the engine at ${url}`,
    found: typeof found === 'string' ? 'no answer' : `status ${found.status}`,
    fix: 'check the connection and press Run again; your changes are kept',
  });
}
