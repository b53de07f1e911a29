// The data center's side of the protocol: one thread, one run at a time. Knows no DOM and no Node; what it
// needs of its host is handed in. Entered from browser-guest.ts and runtime/node-thread.ts.
import {
  boot,
  CodeCache,
  type Compile,
  CompiledLibrary,
  type CompileScript,
  explained,
  type NodeLibrary,
  Refused,
  type Run,
} from '../datacenter.ts';
import { FloodWatch } from './flood.ts';
import type { BatchMessage, BootSpec, Command, Part, Reply } from './protocol.ts';

export interface GuestHost {
  readonly post: (reply: Reply) => void;
  readonly hop: (callback: () => void, andRejections: boolean) => void;
  /** The compiler; null where it is a part that may come with `load`. */
  readonly compile: Compile | null;
  /** How code is made of text where the host knows better than eval: see node/script.ts. */
  readonly compileScript?: CompileScript;
  /** Makes the compiler of its text. */
  readonly evaluateCompiler?: (text: string) => Compile;
}

export class Guest {
  readonly #host: GuestHost;
  #library: CompiledLibrary | null = null;
  #code: CodeCache;
  #compile: Compile | null;
  #lacksCompiler = false;
  #run: Run | null = null;
  #flood: FloodWatch | null = null;
  #queue: Promise<void> = Promise.resolve();

  constructor(host: GuestHost) {
    this.#host = host;
    this.#compile = host.compile;
    this.#code = new CodeCache((source, path) => this.#compiled(source, path), host.compileScript);
  }

  /** Takes the next command; commands wait for those before them, which a stop cuts short. */
  take(command: Command): void {
    // What is under way has no reader any more, and may never end by itself.
    if (command.kind === 'stop') this.#run?.stop();
    this.#queue = this.#takeAfter(this.#queue, command);
  }

  async #takeAfter(before: Promise<void>, command: Command): Promise<void> {
    await before;
    let reply: Reply;
    try {
      reply = await this.#answer(command);
    } catch (error) {
      reply = failure(command.call, explained(error));
    }
    const needs = this.#needs();
    if (needs.length > 0) reply = { kind: 'incomplete', call: command.call, needs };
    this.#host.post(reply);
  }

  rejected(promise: unknown, reason: unknown): void {
    this.#run?.rejected(promise, reason);
  }

  rejectionHandled(promise: unknown): void {
    this.#run?.rejectionHandled(promise);
  }

  async #answer(command: Command): Promise<Reply> {
    const { call } = command;
    switch (command.kind) {
      case 'load':
        this.#load(command);
        return { kind: 'done', call };
      case 'boot':
        this.#run?.stop();
        this.#run = this.#boot(command.spec);
        await this.#run.advanceTo(0);
        return this.#batch(call);
      case 'advance':
        await this.#running().advanceTo(command.atNs);
        return this.#batch(call);
      case 'step':
        await this.#running().step();
        return this.#batch(call);
      case 'act':
        await this.#running().act(command.deed);
        return this.#batch(call);
      case 'capture':
        return { kind: 'capture', call, bytes: captureOf(this.#running()) };
      case 'stop':
        this.#run?.stop();
        this.#run = null;
        this.#flood = null;
        return { kind: 'done', call };
    }
  }

  #load({ library, own, parts }: Extract<Command, { kind: 'load' }>): void {
    this.#library = new CompiledLibrary(JSON.parse(library) as NodeLibrary, this.#host.compileScript);
    for (const sources of [own, parts.library])
      if (sources !== undefined) this.#library.add(JSON.parse(sources) as Record<string, string>);
    if (parts.compiler !== undefined)
      this.#compile = this.#host.evaluateCompiler?.(parts.compiler) ?? this.#compile;
  }

  #compiled(source: string, path: string): ReturnType<Compile> {
    if (this.#compile !== null) return this.#compile(source, path);
    this.#lacksCompiler = true;
    throw new Error(`expected ${path} compiled, found no compiler: the run begins again with one`);
  }

  /** Parts that were missing. Asked after each command. */
  #needs(): Part[] {
    const needs: Part[] = [];
    if (this.#library?.isIncomplete === true) needs.push('library');
    if (this.#lacksCompiler) needs.push('compiler');
    return needs;
  }

  #boot(spec: BootSpec): Run {
    if (this.#library === null)
      throw new Error('expected `load` before `boot`, found `boot` first: send the library');
    for (const [path, compiled] of Object.entries(spec.compiled ?? {})) {
      this.#code.add(`/srv/${path}`, { source: spec.files[path] ?? '', compiled });
    }
    const { hop } = this.#host;
    const run = boot({
      ...spec,
      library: this.#library,
      code: this.#code,
      hop: (callback, andRejections) => {
        this.#flood?.turn();
        hop(callback, andRejections);
      },
      settled: () => this.#flood?.settled(),
    });
    this.#flood = new FloodWatch(run);
    return run;
  }

  #batch(call: number): Reply {
    const run = this.#running();
    const events = this.#flood?.take() ?? [];
    const complaint = this.#flood?.complaint ?? null;
    if (complaint !== null) return { kind: 'refused', call, complaint };
    return { kind: 'batch', call, batch: batchOf(run, events) };
  }

  #running(): Run {
    if (this.#run === null) throw new Error('expected a run, found none: boot one first');
    return this.#run;
  }
}

function captureOf(run: Run): Uint8Array {
  const bytes = run.capture();
  if (bytes !== null) return bytes;
  throw new Error('expected a run that was booted with `capture`, found one without: name what to record');
}

function batchOf(run: Run, events: BatchMessage['events']): BatchMessage {
  return {
    nowNs: run.nowNs,
    events,
    machines: run.machines(),
    links: run.links(),
    hash: run.hash(),
    idle: run.isIdle,
  };
}

function failure(call: number, error: unknown): Reply {
  if (error instanceof Refused) return { kind: 'refused', call, complaint: error.complaint };
  return {
    kind: 'failed',
    call,
    message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
  };
}
