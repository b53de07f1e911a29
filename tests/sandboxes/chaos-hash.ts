// Prints the host's time zone in the host's language, and the hash of the chaotic run of a seed. A program of its own, so
// that a test can run it with another zone and language. Called by chaos.test.ts: node chaos-hash.ts SEED.
import { datacenterRuntime } from '../../src/runtime/node-datacenter.ts';
import { CHAOS_UNTIL_NS, chaosSpec } from './chaos.ts';

const zone = new Intl.DateTimeFormat(undefined, { timeZoneName: 'long' }).formatToParts(0);
const runtime = datacenterRuntime();
const { run } = await runtime.boot(chaosSpec(Number(process.argv[2])));
const { hash } = await run.advanceTo(CHAOS_UNTIL_NS);
await runtime.close();
console.log(zone.find(({ type }) => type === 'timeZoneName')?.value, hash);
