// The machine that is rented out: boots guests, lets them run in step with the clock, and opens their consoles to the
// network. Wiring only: how a guest is kept in its place is in guest.ts, how time is shared in hypervisor.ts.
// `GET /console/web?line=60` types a line on the console of `web` and answers what it prints. `GET /health`.
// Environment: PORT, and settings.ts. Dials: spinners, scheduler, weight and cap of spin1, capAll, extra.
import { createServer, type ServerResponse } from 'node:http';
import { dial, onDials } from '../_shared/dials.ts';
import { assemble } from './assembler/assemble.ts';
import { Console } from './consoles.ts';
import { guests } from './guests.ts';
import { CYCLES_PER_SECOND, Hypervisor } from './hypervisor.ts';
import { schedulerCalled } from './scheduler.ts';
import { settingsFrom } from './settings.ts';
import { stateOf } from './state.ts';

/** Longest time without a look: only consoles and dials can change something sooner, and they look themselves. */
const STEP_MS = 10;
/** After a pause of the whole machine (frozen, asleep) its guests go on where they were, and do not catch up. */
const BEHIND_MS_MAX = 250;
const LINE = /^[ -~]{0,80}$/;

const settings = settingsFrom(process.env);
const machine = new Hypervisor(settings.cores, settings.memoryBytes, schedulerCalled(settings.scheduler));
const consoles = new Map<string, Console>();
const refused = new Map<string, string>();
let pausedMs = 0;
let timer: ReturnType<typeof setTimeout> | undefined;

const nowMs = (): number => performance.now() - pausedMs;
const cycleAt = (ms: number): number => Math.floor((ms * CYCLES_PER_SECOND) / 1000);

/** Lets the guests run until now, and again when the next core comes free. */
function pass(): void {
  const behindMs = nowMs() - (machine.now * 1000) / CYCLES_PER_SECOND;
  if (behindMs > BEHIND_MS_MAX) pausedMs += behindMs - STEP_MS;
  machine.advanceTo(cycleAt(nowMs()));
  for (const [name, { guest }] of machine.tenants) {
    if (!guest.verdict || !consoles.has(name)) continue;
    console.log(`${name}: ${guest.verdict.words}`);
    consoles.get(name)?.hangUp(guest.verdict.words);
    consoles.delete(name);
  }
  clearTimeout(timer);
  const nextMs = Math.ceil((machine.nextAt * 1000) / CYCLES_PER_SECOND - nowMs());
  timer = setTimeout(pass, nextMs >= 1 ? Math.min(nextMs, STEP_MS) : STEP_MS);
}

/** Does something when the clock reaches `cycle`. */
function later(cycle: number, work: () => void): void {
  setTimeout(work, Math.max(0, (cycle * 1000) / CYCLES_PER_SECOND - nowMs()));
}

/** Boots a guest that runs `program`. What does not fit or cannot be assembled costs that guest only. */
function boot(name: string, program: string): void {
  try {
    const source = guests[program];
    if (source === undefined)
      throw new Error(`${name}: expected a program of guests.ts, found '${program}': correct the name`);
    const tenant = machine.boot(name, assemble(source), settings.guestBytes);
    tenant.weight = settings.weights.get(name) ?? tenant.weight;
    const cap = settings.caps.get(name) ?? settings.caps.get(name.replace(/\d+$/, ''));
    if (cap !== undefined) tenant.cap = cap / 100;
    consoles.set(name, new Console(tenant, (line) => console.log(`${name} prints: ${line}`), later));
    refused.delete(name);
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    refused.set(name, why);
    console.error(`${program} was not booted: ${why}`);
  }
}

/** Exactly so many guests that never sleep. */
function setSpinners(count: number): void {
  for (let number = 1; number <= 32; number++) {
    const name = `spin${number}`;
    if (number <= count && !machine.tenants.has(name)) boot(name, 'spin');
    if (number <= count || !machine.tenants.has(name)) continue;
    consoles.get(name)?.hangUp('it was switched off');
    consoles.delete(name);
    machine.end(name);
  }
}

for (const name of settings.servants) boot(name, 'serve');
for (const program of settings.extras) boot(program, program);
setSpinners(settings.spinners);

onDials((values) => {
  pass();
  if (values['scheduler'] !== undefined) machine.scheduler = schedulerCalled(String(values['scheduler']));
  if (values['spinners'] !== undefined) setSpinners(dial(values['spinners'], 0, 0, 32));
  const extra = String(values['extra'] ?? 'none');
  if (extra !== 'none') {
    machine.end(extra);
    boot(extra, extra);
  }
  const first = machine.tenants.get('spin1');
  if (first) first.weight = dial(values['weight'], first.weight, 1, 10_000);
  for (const [name, tenant] of machine.tenants)
    if (name.startsWith('spin')) tenant.cap = dial(values['cap'], tenant.cap * 100, 1, 100) / 100;
});

const server = createServer((request, response) => {
  const [path = '', query = ''] = (request.url ?? '').split('?');
  const name = /^\/console\/(\w+)$/.exec(path)?.[1];
  const line = new URLSearchParams(query).get('line') ?? '';
  request.on('error', () => {});
  response.on('error', () => {});
  if (request.method === 'GET' && path === '/health') return answer(response, 200, 'host', 'well');
  if (request.method !== 'GET' || name === undefined)
    return answer(response, 404, 'host', `no ${request.method} ${path} here: GET /console/NAME?line=TEXT`);
  if (!LINE.test(line)) return answer(response, 400, 'host', 'expected a line of up to 80 letters');
  pass();
  const tenant = machine.tenants.get(name);
  const asked = consoles.get(name);
  if (!tenant || !asked)
    return answer(response, tenant ? 503 : 404, name, tenant?.guest.verdict?.words ?? `no guest ${name}`);
  const type = (text: string): void => machine.type(tenant, text);
  asked.ask(line, type, (said) => {
    if ('text' in said) answer(response, 200, name, said.text);
    else answer(response, 503, name, said.none);
  });
  machine.advanceTo(machine.now + 1); // A core that was idle takes it up at once.
});

function answer(response: ServerResponse, status: number, by: string, text: string): void {
  if (response.destroyed) return;
  const body = `${text}\n`;
  const length = Buffer.byteLength(body);
  response.writeHead(status, { 'content-type': 'text/plain', 'content-length': length, 'x-served-by': by });
  response.end(body);
}

server.keepAliveTimeout = 60_000;
server.listen(Number(process.env.PORT ?? 8080), () => {
  const address = server.address();
  const port = typeof address === 'object' ? address?.port : address;
  console.log(`${machine.tenants.size} guests on ${settings.cores} cores, consoles on port ${port}`);
});
pass();
setInterval(() => stateOf(machine, consoles, refused), 250);
process.once('SIGTERM', () => process.exit(0));
