// Everything one mounted lab holds: session, workspaces, what is open, what went wrong, and the signals that tell
// the components to look again. One frame loop drives the run, the packets and (throttled) the tables and figures.
// Refuses to boot before the reader asks. Made by mount.tsx, read by every component of the lab.
import { signal } from '@preact/signals';
import type { Action, Complaint, Deed } from '../../datacenter/contract.ts';
import { CONSOLE, withConsole } from '../../runtime/console.ts';
import { RunProblem, type RunSpec, type Runtime } from '../../runtime/runtime.ts';
import { VersionStore } from '../editor/versions.ts';
import { Workspace } from '../editor/workspace.ts';
import { ownRun } from '../own-run.ts';
import { progressNow } from '../progress/open.ts';
import { Announcer } from './announce.ts';
import { changedPaths, filesOnDisk } from './code-check.ts';
import type { ExerciseData, LabData } from './data.ts';
import { LabSession, type Speed } from './session.ts';
import { SharedLink } from './shared.ts';
import type { OpenName } from './tool-names.ts';

export interface Place {
  readonly path: string;
  readonly line: number;
}

/** The data center in the page; WebContainer in the page; processes of this computer, behind `brownout lab`. */
export type Where = 'datacenter' | 'webcontainer' | 'local';

/** Figures and tables are drawn anew at most this often; packets every frame. */
const pulseEveryMs = 110;

export class LabStore {
  readonly data: LabData;
  readonly session: LabSession;
  /** Counts redraws of tables and figures; read it to be redrawn. */
  readonly pulse = signal(0);
  readonly problem = signal<Complaint | null>(null);
  readonly said = signal('');
  /** The tool that is open below the strip. */
  readonly tool = signal<OpenName | null>(null);
  readonly place = signal<Place | null>(null);
  readonly workspace: ReturnType<typeof signal<Workspace>>;
  readonly exerciseOpen = signal<string | null>(null);
  /** Where runs run. */
  readonly where = signal<Where>('datacenter');
  readonly logFilter = signal('');
  readonly logText = signal('');
  /** Where the reader has asked to go and the replay is not yet there. */
  readonly wantedNs = signal<number | null>(null);
  /** While the run is replayed for the console's sake: up to when, and whether it gets its machine by that. */
  readonly waking = signal<{ readonly untilNs: number; readonly isNew: boolean } | null>(null);
  /** Called every frame, whether the run goes on or not. */
  readonly frames = new Set<(nowMs: number) => void>();
  readonly base: Workspace;
  readonly shared = new SharedLink(this);
  readonly #datacenter: Runtime;
  readonly #exercises = new Map<string, Workspace>();
  readonly #versions: VersionStore;
  readonly #announcer = new Announcer();
  /** Programs of the machine `you`, once somebody has asked for them. */
  #console: RunSpec['files'] | null = null;
  #dirty = false;
  #pulsedMs = 0;
  /** Second of the run of which the page was last told. */
  #toldSecond = -1;
  #frame = 0;
  #going = false;

  constructor(data: LabData, runtime: Runtime) {
    this.data = data;
    this.#datacenter = runtime;
    this.#versions = new VersionStore(progressNow());
    this.base = new Workspace(data.sandbox, data.files, data.open, null, this.#versions);
    this.workspace = signal(this.base);
    this.session = new LabSession(runtime, {
      changed: () => {
        this.#dirty = true;
      },
      failed: (error) => this.fail(error),
      clock: () => performance.now(),
    });
    this.#loop(performance.now());
  }

  get space(): Workspace {
    return this.workspace.value ?? this.base;
  }

  get untilNs(): number {
    return Math.max((this.data.defaultUntilMs ?? 30_000) * 1e6, this.session.furthestNs);
  }

  /** The files on the machines' disks; before the first run, those that it would get. */
  get runningFiles(): Readonly<Record<string, string>> {
    const { spec, model } = this.session;
    return spec === null ? this.space.files() : filesOnDisk(spec.files, model.actions);
  }

  /** What the run under way runs: the original, my version, or (if typed since) an older one of mine. */
  get versionRun(): 'original' | 'mine' | 'older' {
    if (this.session.spec === null) return 'original';
    if (changedPaths(this.space.files(), this.runningFiles).length > 0) return 'older';
    return this.space.hasMine ? 'mine' : 'original';
  }

  /** Shows what went wrong. */
  fail(error: unknown): void {
    this.problem.value = asComplaint(error);
  }

  /** The Run button: boots the first time, goes on after a pause. */
  run(): void {
    const { status } = this.session;
    if (status === 'idle' || status === 'failed') this.boot();
    else this.session.resume();
    this.redraw();
  }

  pause(): void {
    this.session.pause();
    void this.session.settled().then(() => this.redraw());
  }

  /** From t=0 with the files as they are now. */
  boot(
    actions: readonly Action[] = [],
    options: { seed?: number; atNs?: number; running?: boolean } = {},
  ): void {
    this.problem.value = null;
    this.wantedNs.value = null;
    const { cluster, sandbox, seed } = this.data;
    const spec = { cluster, sandbox, files: this.space.files(), seed: options.seed ?? seed, actions };
    const running = options.running ?? true;
    const atNs = options.atNs ?? 0;
    void this.session.open(this.#withConsole(spec), { running, atNs }).then(() => {
      this.#announcer.reset(this.session.model);
      this.redraw();
    });
    this.redraw();
  }

  /** Ends the run; from now on runs run there. What the reader has typed stays. */
  use(where: Where, runtime: Runtime = this.#datacenter): void {
    this.where.value = where;
    this.problem.value = null;
    this.session.use(runtime);
    this.redraw();
  }

  act(deed: Deed): void {
    void this.session.act(deed).then(() => this.redraw());
  }

  /** From now on runs have the machine `you`; without its programs there is none. Rejects where they do not come. */
  async fetchConsole(): Promise<void> {
    this.#console ??= await this.data.consolePrograms();
  }

  /** Gives the run under way its machine `you`, if it has none yet, by a replay; `always` replays in any case. */
  async wakeConsole(always = false): Promise<void> {
    if (this.session.isReal)
      throw new Error('real processes have no machine `you`: use a terminal of your own');
    await this.fetchConsole();
    const { session } = this;
    const { model } = session;
    await session.exchange((spec) => {
      const woken = this.#withConsole(spec);
      const isNew = woken !== spec;
      if (isNew || always) this.waking.value = { untilNs: session.model.nowNs, isNew };
      return always ? { ...woken } : woken;
    });
    this.waking.value = null;
    if (session.model !== model) this.#announcer.reset(session.model);
  }

  /** Types to the machine `you`. */
  async type(text: string): Promise<void> {
    await this.wakeConsole();
    this.act({ do: 'input', machine: CONSOLE, text });
  }

  /** Goes to a moment; of several wishes made while it is under way only the last is kept. */
  goTo(atNs: number, exact = false): void {
    if (this.session.isReal) return;
    this.wantedNs.value = Math.min(Math.max(0, atNs), Math.max(this.session.furthestNs, 0));
    if (!this.#going) void this.#follow(exact);
  }

  rewind(): void {
    this.goTo(this.session.rewindTarget(), true);
  }

  openCode(path?: string, line = 1): void {
    this.tool.value = 'code';
    if (path !== undefined) this.place.value = { path, line };
  }

  /** The exercise's own files: its start laid over the sandbox, with my version kept apart from the chapter's. */
  exerciseSpace(exercise: ExerciseData): Workspace {
    let space = this.#exercises.get(exercise.name);
    if (space === undefined) {
      const originals = { ...this.data.files, ...exercise.start };
      const paths = [...new Set([...exercise.edits, ...this.data.open])];
      const id = `${this.data.sandbox}/${exercise.name}`;
      space = new Workspace(id, originals, paths, exercise.solution, this.#versions);
      this.#exercises.set(exercise.name, space);
    }
    return space;
  }

  /** Files that a link brought, laid over the sandbox, apart from my version. `id` tells links apart. */
  linkSpace(id: string, files: Readonly<Record<string, string>>): Workspace {
    const originals = { ...this.data.files, ...files };
    const paths = [...new Set([...Object.keys(files), ...this.data.open])];
    return new Workspace(`${this.data.sandbox}/${id}`, originals, paths, null, this.#versions);
  }

  redraw(): void {
    this.#dirty = false;
    this.#pulsedMs = performance.now();
    this.pulse.value += 1;
    this.#tell();
  }

  /**
   * Tells the page of the reader's own run: each second, and where it stands still. Not of one on real Node, whose
   * programs have clocks of their own.
   */
  #tell(): void {
    const { spec, model, status } = this.session;
    const second = Math.floor(model.nowNs / 1e9);
    if (spec === null || this.session.isReal) return;
    if (second === this.#toldSecond && status === 'running') return;
    this.#toldSecond = second;
    const { sandbox, files } = this.data;
    const { nowNs, actions, machines, samples } = model;
    const original = changedPaths(files, spec.files).length === 0;
    ownRun.value = { sandbox, seed: spec.seed, original, nowNs, actions, machines, samples };
  }

  destroy(): void {
    cancelAnimationFrame(this.#frame);
    this.session.stop();
  }

  #withConsole(spec: RunSpec): RunSpec {
    return this.#console === null ? spec : withConsole(spec, this.#console);
  }

  async #follow(exact: boolean): Promise<void> {
    this.#going = true;
    for (;;) {
      const wanted = this.wantedNs.value;
      if (wanted === null) break;
      await this.session.goTo(wanted, { exact });
      if (this.wantedNs.value === wanted) this.wantedNs.value = null;
    }
    this.#going = false;
    this.#announcer.reset(this.session.model, true);
    this.redraw();
  }

  #loop(nowMs: number): void {
    this.session.frame();
    for (const frame of this.frames) frame(nowMs);
    if (this.#dirty && nowMs - this.#pulsedMs >= pulseEveryMs) this.redraw();
    const said = this.#announcer.next(this.session.model, this.session.status, nowMs);
    if (said !== null) this.said.value = said;
    this.#frame = requestAnimationFrame((at) => this.#loop(at));
  }
}

/** Whatever went wrong, as expected, found, fix. */
export function asComplaint(error: unknown): Complaint {
  if (error instanceof RunProblem) return error.complaint;
  const found = error instanceof Error ? error.message : String(error);
  return {
    expected: 'a run that goes on',
    found,
    fix: 'Press Run to boot it again. Your version of the files is kept.',
  };
}

export const speeds: readonly { readonly label: string; readonly help: string; readonly speed: Speed }[] = [
  { label: '1 ms/s', help: 'A thousand times slower: one virtual millisecond a second', speed: 0.001 },
  { label: '0.1×', help: 'Slow motion: ten times slower', speed: 0.1 },
  { label: '1×', help: 'As fast as it really is', speed: 1 },
  { label: '10×', help: 'Ten times as fast', speed: 10 },
  { label: 'flat out', help: 'As fast as this device can compute it', speed: null },
];
