// `brownout run`: plays a scenario of a sandbox and prints what it showed and the hash of its trace.
// Judges nothing itself: the scenario's own `shows` does. Exit code 1 where it did not show what it must.
// Called by main.ts.
import { existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { loadScenario, scenarioSpec } from '../build/engine-run.ts';
import { inRepository } from '../build/root.ts';
import { sandboxTexts } from '../build/sandbox-texts.ts';
import { datacenterRuntime } from '../runtime/node-datacenter.ts';
import type { RunSpec } from '../runtime/runtime.ts';
import { loadSandbox } from '../runtime/sandbox.ts';
import { type Command, numberOption, readOptions, seedRange, UsageError } from './command.ts';
import { prepareEngine } from './prepare.ts';

const help = `Usage: brownout run SANDBOX --scenario NAME [OPTIONS]

Plays a scenario (sandboxes/SANDBOX/scenarios/NAME.ts) in the data center, flat out, and prints what it showed and
the hash of its trace. Equal files, seed and actions give equal hashes, in Node and in every browser.

  --scenario NAME   which scenario; without it, they are listed
  --seed N          another seed than the scenario's own
  --capture FILE    writes every packet to FILE as pcapng, for Wireshark
  --json            one JSON object: sandbox, scenario, seed, untilMs, events, hash, passed, findings, values

Exit code 1: the run did not show what the scenario must show. 2: asked wrongly.
`;

export const run: Command = {
  help,
  async run(args, terminal) {
    const asked = readOptions('run', args, {
      scenario: 'NAME',
      seed: 'N',
      capture: 'FILE',
      json: null,
    });
    const [sandbox, ...others] = asked.words;
    if (sandbox === undefined || others.length > 0)
      throw new UsageError('one SANDBOX', asked.words.join(' ') || 'none', 'see `brownout run --help`');
    loadSandbox(sandbox, await sandboxTexts());
    const name = scenarioOf(sandbox, asked.options['scenario']?.at(-1));
    prepareEngine();
    const scenario = await loadScenario(sandbox, name);
    const seed = numberOption(asked, 'seed', seedRange) ?? scenario.seed;
    const { untilMs } = scenario;
    const spec = await scenarioSpec(sandbox, scenario, seed);
    const file = captureFile(asked.options['capture']?.at(-1), terminal.folder);
    const { events, hash, packets } = await played(
      file === undefined ? spec : { ...spec, capture: {} },
      untilMs,
    );
    if (file !== undefined && packets !== null) writeFileSync(file, packets);
    const whole = { seed, untilNs: untilMs * 1e6, events };
    const findings = scenario.shows(whole);
    const passed = findings.every((finding) => finding.pass);
    if (asked.options['json'] !== undefined) {
      const values = scenario.values(whole);
      const told = { sandbox, scenario: name, seed, untilMs, events: events.length, hash, passed };
      terminal.out(`${JSON.stringify({ ...told, findings, values })}\n`);
    } else {
      terminal.out(
        `${sandbox}, ${name}: ${scenario.title} Seed ${seed}, ${untilMs / 1000} s of virtual time.\n`,
      );
      for (const { pass, name: what, expected, found } of findings)
        terminal.out(`  ${pass ? 'ok  ' : 'FAIL'}  ${what}: ${found} (expected ${expected})\n`);
      terminal.out(`hash ${hash} after ${events.length} events\n`);
    }
    return passed ? 0 : 1;
  },
};

/** Where the packets go; asked before the run, so that nobody waits for nothing. */
function captureFile(name: string | undefined, folder: string): string | undefined {
  if (name === undefined) return undefined;
  const file = resolve(folder, name);
  if (existsSync(dirname(file)) && !statSync(file, { throwIfNoEntry: false })?.isDirectory()) return file;
  throw new UsageError('--capture with a file in a folder that is there', file, 'correct the path');
}

function scenarioOf(sandbox: string, name: string | undefined): string {
  const folder = inRepository('sandboxes', sandbox, 'scenarios');
  const there = existsSync(folder) ? readdirSync(folder).map((file) => file.replace(/\.ts$/, '')) : [];
  if (name !== undefined && there.includes(name)) return name;
  throw new UsageError(
    `--scenario with one of ${there.sort().join(', ') || 'none'}`,
    name === undefined ? 'none' : `'${name}'`,
    'name one of them',
  );
}

async function played(spec: RunSpec, untilMs: number) {
  const runtime = datacenterRuntime();
  try {
    const { run: running, first } = await runtime.boot(spec);
    const last = await running.advanceTo(untilMs * 1e6);
    const packets = spec.capture === undefined ? null : ((await running.capture?.()) ?? null);
    running.stop();
    return { events: [...first.events, ...last.events], hash: last.hash, packets };
  } finally {
    await runtime.close();
  }
}
