// One machine of the cluster as a real process: started in a folder of its own with the environment that the cluster
// file says, watched through the probe, ended by signals. What it starts is of its process group, and is stopped and
// ended with it. Tells what happens; decides nothing about links. What lies in its folder survives its process, also a
// power off: what was not yet synced cannot be taken from a real disk. Made by supervisor.ts.
import { type ChildProcess, spawn } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { StringDecoder } from 'node:string_decoder';
import type { MachineSpec, MachineState, MachineView } from '../../datacenter/contract.ts';
import { HOST } from './host.ts';
import type { Told } from './lines.ts';
import type { Warden } from './warden.ts';

/** Environment that programs may need to run at all. */
const PASSED_ON = ['PATH', 'HOME', 'SystemRoot', 'TEMP', 'TMPDIR', 'LANG'];
const LINE_MAX = 100_000;

export interface MachinePlace {
  /** The cluster's files as they are given. */
  readonly files: string;
  /** This machine's own copy of them. */
  readonly folder: string;
  readonly sandbox: string;
  readonly probe: string;
  readonly env: Readonly<Record<string, string>>;
  /** Null where the system has no signals, and so no process groups. */
  readonly warden: Warden | null;
}

export interface MachineHooks {
  readonly changed: (state: MachineState, why: string, code?: number) => void;
  readonly wrote: (stream: 'stdout' | 'stderr', text: string) => void;
  readonly told: (told: Told) => void;
}

export class Machine {
  readonly spec: MachineSpec;
  readonly #place: MachinePlace;
  readonly #hooks: MachineHooks;
  #child: ChildProcess | null = null;
  /** Was killed, and is not gone yet: its ports are still taken. */
  #dying: ChildProcess | null = null;
  #isAwaited = false;
  #state: MachineState = 'off';
  /** Ports on which its program listens now, as `tcp 41003`. */
  readonly listens = new Set<string>();
  served = 0;
  /** CPU of processes that have ended, and of the one that runs. */
  #busyBeforeUs = 0;
  #busyUs = 0;

  constructor(spec: MachineSpec, place: MachinePlace, hooks: MachineHooks) {
    this.spec = spec;
    this.#place = place;
    this.#hooks = hooks;
    this.#layFiles();
  }

  get state(): MachineState {
    return this.#state;
  }

  get isRunning(): boolean {
    return this.#child !== null;
  }

  view(): MachineView {
    const { name, role = 'server' } = this.spec;
    const busyNs = (this.#busyBeforeUs + this.#busyUs) * 1000;
    return { name, address: HOST, role, state: this.#state, served: this.served, busyNs };
  }

  /** Starts its program; where the one before is not gone yet, as soon as it is. */
  start(why: string): void {
    if (this.#isAwaited) return;
    if (this.#dying !== null) {
      this.#isAwaited = true;
      this.#dying.once('exit', () => {
        this.#isAwaited = false;
        this.start(why);
      });
      return;
    }
    const { spec } = this;
    const { folder, sandbox, probe, env } = this.#place;
    const home = join(folder, sandbox);
    const hasInput = spec.stdin === 'open' || spec.role === 'console';
    const words = ['--require', probe, join(home, spec.program), ...(spec.arguments ?? [])];
    const child = spawn(process.execPath, words, {
      cwd: home,
      env: { ...passedOn(), ...env, BROWNOUT_PROBE: '1' },
      stdio: [hasInput ? 'pipe' : 'ignore', 'pipe', 'pipe', 'ipc'],
      // Leads a process group, in which its own children are.
      detached: this.#place.warden !== null,
    });
    this.#child = child;
    if (child.pid !== undefined) this.#place.warden?.watch(child.pid);
    for (const name of ['stdout', 'stderr'] as const) this.#follow(child, name);
    child.stdin?.on('error', () => {});
    child.on('message', (told: Told) => {
      if (this.#child === child) this.#hear(told);
    });
    child.on('error', (error) => this.#ended(child, `could not be started: ${error.message}`, null, null));
    child.on('exit', (code, signal) => {
      if (this.#dying === child) this.#dying = null;
      // A machine is down with all that ran on it.
      this.#signal(child, 'SIGKILL');
      if (child.pid !== undefined) this.#place.warden?.forget(child.pid);
      this.#ended(child, '', code, signal);
    });
    this.#enter('up', why);
  }

  /** Ends its process at once; the state is said before the process is gone. */
  end(state: 'killed' | 'off', why: string): void {
    const child = this.#child;
    this.#child = null;
    this.#forget();
    if (child !== null) {
      this.#dying = child;
      this.#signal(child, 'SIGKILL');
    }
    this.#enter(state, why);
  }

  /** Stops its processes where they stand. False where the system cannot. */
  freeze(): boolean {
    return this.#place.warden !== null && this.#child !== null && this.#signal(this.#child, 'SIGSTOP');
  }

  thaw(): void {
    if (this.#child !== null) this.#signal(this.#child, 'SIGCONT');
  }

  /** Says what it is doing, for a change that its process did not notice. */
  note(state: 'frozen' | 'up', why: string): void {
    this.#enter(state, why);
  }

  type(text: string): void {
    this.#child?.stdin?.write(text);
  }

  /** Its folder as it was at first. */
  replaceDisk(): void {
    rmSync(this.#place.folder, { recursive: true, force: true });
    this.#layFiles();
  }

  writeFile(path: string, text: string): void {
    const file = join(this.#place.folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }

  #layFiles(): void {
    mkdirSync(this.#place.folder, { recursive: true });
    cpSync(this.#place.files, this.#place.folder, { recursive: true });
  }

  #hear(told: Told): void {
    if (told.tells === 'cpu') this.#busyUs = told.us;
    if (told.tells === 'http' && told.side === 'server' && told.phase === 'end') this.served += 1;
    if (told.tells === 'listen') this.listens.add(`${told.protocol} ${told.port}`);
    if (told.tells === 'unlisten') this.listens.delete(`${told.protocol} ${told.port}`);
    this.#hooks.told(told);
  }

  #follow(child: ChildProcess, name: 'stdout' | 'stderr'): void {
    const decoder = new StringDecoder('utf8');
    let line = '';
    const say = (text: string): void => this.#hooks.wrote(name, text);
    child[name]?.on('data', (bytes: Buffer) => {
      const lines = (line + decoder.write(bytes)).split('\n');
      line = lines.pop() ?? '';
      for (const text of lines) say(`${text}\n`);
      // What asks without ending its line, as a prompt does, is shown as it is.
      if (this.spec.role === 'console' || line.length > LINE_MAX) {
        if (line !== '') say(line);
        line = '';
      }
    });
    child[name]?.on('end', () => {
      if (line !== '') say(`${line}\n`);
    });
  }

  #ended(child: ChildProcess, problem: string, code: number | null, signal: string | null): void {
    if (this.#child !== child) return;
    this.#child = null;
    this.#forget();
    if (problem !== '') this.#enter('crashed', problem);
    else if (signal !== null) this.#enter('killed', `killed with ${signal}`);
    else this.#enter(code === 0 ? 'exited' : 'crashed', `exited with code ${code}`, code ?? 0);
  }

  #forget(): void {
    this.listens.clear();
    this.#busyBeforeUs += this.#busyUs;
    this.#busyUs = 0;
  }

  /** To a process and, where there are groups, all that it started. False where nobody is there any more. */
  #signal(child: ChildProcess, signal: NodeJS.Signals): boolean {
    if (child.pid === undefined) return false;
    if (this.#place.warden === null) return child.kill(signal);
    try {
      return process.kill(-child.pid, signal);
    } catch {
      return false;
    }
  }

  #enter(state: MachineState, why: string, code?: number): void {
    this.#state = state;
    this.#hooks.changed(state, why, code);
  }
}

function passedOn(): Record<string, string> {
  const found: Record<string, string> = {};
  for (const name of PASSED_ON) {
    const value = process.env[name];
    if (value !== undefined) found[name] = value;
  }
  return found;
}
