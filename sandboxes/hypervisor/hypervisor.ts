// The hypervisor: gives each guest a window of the real memory, and slices of the cores in turn.
// Keeps the books: what each guest ran, and what it wanted and did not get (steal). Who runs next is in scheduler.ts,
// what a guest may do in guest.ts. Knows no clock: time is a number of cycles, and `advanceTo` makes it pass.
// Called by host.ts, and by tests.
import { Guest } from './guest.ts';
import type { Scheduler } from './scheduler.ts';
import { freeWindow, newTenant, type Tenant, wants } from './tenant.ts';

/** Cycles of one core in a second: a processor of 200 kHz, so that a second is quickly computed. */
export const CYCLES_PER_SECOND = 200_000;
/** Longest time on a core before somebody else may have it: 10 ms. */
export const SLICE = CYCLES_PER_SECOND / 100;
/** Between two refills of credit, and the time over which caps are counted: 30 ms. */
export const PERIOD = 3 * SLICE;

export class Hypervisor {
  readonly tenants = new Map<string, Tenant>();
  scheduler: Scheduler;
  now = 0;
  /** For each core, until when its time is decided. */
  readonly #cores: number[];
  readonly #memory: Uint8Array;
  #refillAt = 0;

  constructor(cores: number, memoryBytes: number, scheduler: Scheduler) {
    this.#cores = new Array<number>(cores).fill(0);
    this.#memory = new Uint8Array(memoryBytes);
    this.scheduler = scheduler;
  }

  /** Cycle at which the next core comes free, or was found idle. */
  get nextAt(): number {
    return Math.min(...this.#cores);
  }

  /** A new guest, with `bytes` of memory of its own. Throws where there is no room for it. */
  boot(name: string, program: Uint8Array, bytes: number): Tenant {
    const taken = [...this.tenants.values()].map(({ guest }) => guest.memory);
    const guest = new Guest(freeWindow(this.#memory, taken, name, bytes), program);
    const tenant = newTenant(name, guest, this.now);
    this.tenants.set(name, tenant);
    return tenant;
  }

  /** Takes a guest off the machine, whatever it was doing. */
  end(name: string): void {
    this.tenants.delete(name);
  }

  /** Types on a guest's console, now. */
  type(tenant: Tenant, text: string): void {
    tenant.guest.devices.type(text);
    this.#wake(tenant, this.now);
  }

  // #region advance
  /** Lets time pass until cycle `until`. A slice that began before may end a little after. */
  advanceTo(until: number): void {
    for (;;) {
      const core = this.#cores.indexOf(Math.min(...this.#cores));
      const at = this.#cores[core] ?? until;
      if (at >= until) break;
      this.now = at;
      if (at >= this.#refillAt) this.#refill();
      for (const tenant of this.tenants.values()) this.#wake(tenant, at);
      const ready = this.#ready(at);
      const next = ready.length > 0 ? this.scheduler.pickNext(ready) : undefined;
      const tenant = ready.find((one) => one === next);
      // Nobody wants it: the core is idle until something may have changed.
      this.#cores[core] = tenant ? at + this.#slice(tenant, at) : Math.min(until, this.#changesAt(at));
    }
    this.now = Math.max(this.now, until);
  }

  /** One slice on a core. Gives its length. */
  #slice(tenant: Tenant, at: number): number {
    const { guest } = tenant;
    tenant.stolen += at - tenant.readySince;
    guest.devices.stolen = tenant.stolen;
    const used = guest.run(at, Math.min(SLICE, this.#allowance(tenant)));
    tenant.ran += used;
    tenant.ranInPeriod += used;
    tenant.wanted = true;
    tenant.freeAt = tenant.readySince = at + used;
    this.scheduler.charge(tenant, used);
    return Math.max(1, used);
  }
  // #endregion

  /** Those that want a core at this moment and may have one: the longest wait first, and of equals who ran least. */
  #ready(at: number): Tenant[] {
    return [...this.tenants.values()]
      .filter((one) => wants(one) && one.freeAt <= at && this.#allowance(one) >= 1)
      .sort((a, b) => a.readySince - b.readySince || a.ran - b.ran);
  }

  #allowance({ cap, ranInPeriod }: Tenant): number {
    return Math.floor(cap * PERIOD) - ranInPeriod;
  }

  /** The next moment at which a refill, an alarm or the end of a slice may make somebody ready. */
  #changesAt(at: number): number {
    let next = this.#refillAt;
    for (const { guest, freeAt } of this.tenants.values())
      for (const moment of [freeAt, guest.isAsleep ? guest.devices.alarmAt : at])
        if (moment > at && moment < next) next = moment;
    return Math.ceil(next);
  }

  #wake(tenant: Tenant, at: number): void {
    const { guest } = tenant;
    if (!guest.isAsleep || guest.verdict || tenant.freeAt > at) return;
    guest.wake(at);
    if (!guest.isAsleep) tenant.readySince = Math.max(tenant.freeAt, Math.min(at, guest.devices.alarmAt));
  }

  #refill(): void {
    const living = [...this.tenants.values()].filter(({ guest }) => !guest.verdict);
    for (const one of living) one.wanted ||= wants(one);
    if (living.length > 0) this.scheduler.refill(living, this.#cores.length * PERIOD);
    for (const one of living) {
      one.wanted = false;
      one.ranInPeriod = Math.max(0, one.ranInPeriod - Math.floor(one.cap * PERIOD));
    }
    this.#refillAt += PERIOD;
  }
}
