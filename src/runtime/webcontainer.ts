// WebContainer as a Runtime in the page: real Node in the reader's tab, from a service of StackBlitz, for whoever chooses
// it. Boots once for the page and hands the instance from lab to lab; each run is a supervisor in a folder of its own,
// which speaks lines over the process's terminal. The only file that imports `@webcontainer/api`. Refuses to begin where
// it cannot work, with the cause by name, and to wait longer than 20 s for a boot.
import type { FileSystemTree, WebContainer, WebContainerProcess } from '@webcontainer/api';
import type { Deed } from '../datacenter/contract.ts';
import { RealRunning } from './real-running.ts';
import { type Batch, type Running, RunProblem, type RunSpec, type Runtime } from './runtime.ts';
import { plainName, plainSpec, plainText } from './strip.ts';

const SUPERVISOR_URL = '/engine/supervisor.mjs';
const BOOT_MS = 20_000;
const FILES_DIRECTORY = 'files';

/** Why WebContainer cannot be had. */
export type Cause = 'not-isolated' | 'offline' | 'unsupported' | 'blocked' | 'silent' | 'failed';

const causes: Readonly<Record<Cause, { readonly found: string; readonly fix: string }>> = {
  'not-isolated': {
    found:
      'a page that is not isolated from other origins (a frame on another site, or a host without our headers)',
    fix: 'open the chapter itself in a tab of its own, or go on in the data center',
  },
  offline: { found: 'no network', fix: 'connect, or go on in the data center, which needs none' },
  unsupported: {
    found: 'a browser without shared memory',
    fix: 'use a current Chromium, Firefox or Safari, or go on in the data center',
  },
  blocked: {
    found: 'that its frame could not be loaded or may not store anything',
    fix: 'allow stackblitz.com and webcontainer.io to be loaded and to keep data, or go on in the data center',
  },
  silent: {
    found: `no answer within ${BOOT_MS / 1000} s`,
    fix: 'a blocker of scripts or third-party storage is the usual cause; go on in the data center, or try again',
  },
  failed: { found: 'an error', fix: 'try again, or go on in the data center' },
};

export class WebContainerProblem extends RunProblem {
  readonly why: Cause;

  constructor(cause: Cause, detail = '') {
    const { found, fix } = causes[cause];
    super({ expected: 'WebContainer to start', found: detail === '' ? found : `${found}: ${detail}`, fix });
    this.why = cause;
  }
}

/** What can be known before anything is loaded; null where nothing speaks against it. */
export function preflight(): Cause | null {
  if (typeof SharedArrayBuffer === 'undefined' && globalThis.crossOriginIsolated) return 'unsupported';
  if (!globalThis.crossOriginIsolated) return 'not-isolated';
  return navigator.onLine ? null : 'offline';
}

export interface WebContainerRun {
  readonly run: Running;
  readonly first: Batch;
}

export interface WebContainerRuntime extends Runtime {
  boot(spec: RunSpec): Promise<WebContainerRun>;
  /** Where this page can show what a machine answers, by `machine:port`, as far as it listens. */
  previews(places: Readonly<Record<string, string>>): Readonly<Record<string, string>>;
}

export function webContainerRuntime(): WebContainerRuntime {
  return new SharedContainer();
}

class SharedContainer implements WebContainerRuntime {
  #instance: Promise<WebContainer> | null = null;
  #supervisor: Promise<string> | null = null;
  readonly #urls = new Map<number, string>();
  #runs = 0;

  async boot(spec: RunSpec): Promise<WebContainerRun> {
    const cause = preflight();
    if (cause !== null) throw new WebContainerProblem(cause);
    const plain = plainSpec(spec);
    const [instance, supervisor] = await Promise.all([this.#container(), this.#supervisorText()]);
    this.#runs += 1;
    const folder = `run-${this.#runs}`;
    const files = { 'package.json': '{"type":"module"}\n', ...plain.files };
    await instance.mount({
      [folder]: {
        directory: {
          [FILES_DIRECTORY]: { directory: tree(files) },
          ...tree({ 'supervisor.mjs': supervisor }),
        },
      },
    });
    const process = await instance.spawn('node', ['supervisor.mjs'], { cwd: folder });
    return start(instance, process, folder, plain);
  }

  previews(places: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
    const found: Record<string, string> = {};
    for (const [name, place] of Object.entries(places)) {
      const url = this.#urls.get(Number(place.split(':')[1]));
      if (url !== undefined) found[name] = url;
    }
    return found;
  }

  #container(): Promise<WebContainer> {
    this.#instance ??= this.#begin();
    this.#instance.catch(() => {
      this.#instance = null;
    });
    return this.#instance;
  }

  async #begin(): Promise<WebContainer> {
    const api = await import('@webcontainer/api').catch((error: unknown) => {
      throw new WebContainerProblem('blocked', String(error));
    });
    const booting = api.WebContainer.boot({ coep: 'credentialless', workdirName: 'brownout' });
    const instance = await inTime(booting);
    instance.on('port', (port, type, url) => {
      if (type === 'open') this.#urls.set(port, url);
      else this.#urls.delete(port);
    });
    return instance;
  }

  #supervisorText(): Promise<string> {
    this.#supervisor ??= fetch(SUPERVISOR_URL).then((answer) => {
      if (!answer.ok) throw new WebContainerProblem('failed', `${SUPERVISOR_URL}: status ${answer.status}`);
      return answer.text();
    });
    this.#supervisor.catch(() => {
      this.#supervisor = null;
    });
    return this.#supervisor;
  }
}

/** A boot that comes after all is ended, so that another can begin. */
async function inTime(booting: Promise<WebContainer>): Promise<WebContainer> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  let isLate = false;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      isLate = true;
      reject(new WebContainerProblem('silent'));
    }, BOOT_MS);
  });
  booting.then(
    (instance) => {
      if (isLate) instance.teardown();
    },
    () => undefined,
  );
  try {
    return await Promise.race([booting, late]);
  } catch (error) {
    if (error instanceof RunProblem) throw error;
    const message = error instanceof Error ? error.message : String(error);
    throw new WebContainerProblem(
      /storage|cookie|SecurityError/i.test(message) ? 'blocked' : 'failed',
      message,
    );
  } finally {
    clearTimeout(timer);
  }
}

async function start(
  instance: WebContainer,
  process: WebContainerProcess,
  folder: string,
  plain: RunSpec,
): Promise<WebContainerRun> {
  const writer = process.input.getWriter();
  const run = new PlainRunning(plain, {
    send: (line) => void writer.write(`${line}\n`).catch(() => undefined),
    end: () => {
      process.kill();
      void process.exit
        .then(() => instance.fs.rm(folder, { recursive: true, force: true }))
        .catch(() => undefined);
    },
  });
  void read(process, run);
  void process.exit.then((code) =>
    run.end({ expected: 'a supervisor that lives', found: `it ended with code ${code}`, fix: 'run again' }),
  );
  // Nothing there stops a process where it stands: its links hold instead.
  const first = await run.boot({ folder: '.', freezes: 'links' });
  return { run, first };
}

/** A terminal shows what is typed into it and ends lines in its own way: neither is an answer. */
async function read(process: WebContainerProcess, run: RealRunning): Promise<void> {
  let partial = '';
  const reader = process.output.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const lines = (partial + value).split('\n');
    partial = lines.pop() ?? '';
    for (const line of lines) {
      const text = line.replace(/\r$/, '');
      if (/^\{"call":\d+,"(?:batch|refused|failed|stopped)"/.test(text)) run.take(`${text}\n`);
    }
  }
}

/** Edits are of TypeScript; what lies in the container is not. */
class PlainRunning extends RealRunning {
  override act(deed: Deed): Promise<Batch> {
    if (deed.do !== 'edit') return super.act(deed);
    return super.act({ ...deed, path: plainName(deed.path), text: plainText(deed.path, deed.text) });
  }
}

/** Files by path as the tree that WebContainer mounts. */
export function tree(files: Readonly<Record<string, string>>): FileSystemTree {
  const root: FileSystemTree = {};
  for (const [path, contents] of Object.entries(files)) {
    const folders = path.split('/');
    const name = folders.pop() ?? '';
    let at = root;
    for (const folder of folders) {
      const next = at[folder];
      const directory: FileSystemTree = next !== undefined && 'directory' in next ? next.directory : {};
      at[folder] = { directory };
      at = directory;
    }
    at[name] = { file: { contents } };
  }
  return root;
}
