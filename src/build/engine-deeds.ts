// Reads content/engine/deeds.yml: every deed of the engine with its name and what it is in the real world, in three
// groups. A deed that the contract has and the file has not does not build, nor the other way round.
// Called by pages/engine and pages/labs.
import { z } from 'zod';
import type { Deed } from '../datacenter/contract.ts';
import { inlineHtml } from './inline.ts';
import { readYaml } from './yaml.ts';

type Group = 'a machine' | 'its disk' | 'a link' | 'the programs';

/** What each deed is done to; a new one does not compile until it is here. */
const GROUPS: Readonly<Record<Deed['do'], Group>> = {
  kill: 'a machine',
  freeze: 'a machine',
  thaw: 'a machine',
  powerOff: 'a machine',
  restart: 'a machine',
  replace: 'a machine',
  slowDisk: 'its disk',
  fullDisk: 'its disk',
  failDisk: 'its disk',
  mendDisk: 'its disk',
  input: 'the programs',
  cut: 'a link',
  delay: 'a link',
  jitter: 'a link',
  loss: 'a link',
  duplicate: 'a link',
  reorder: 'a link',
  corrupt: 'a link',
  slow: 'a link',
  mend: 'a link',
  edit: 'the programs',
};

export interface DeedInWords {
  /** As scenarios write it. */
  readonly deed: string;
  readonly name: string;
  /** HTML of one sentence. */
  readonly is: string;
  readonly to: Group;
}

const words = z.strictObject({ name: z.string().min(1), is: z.string().endsWith('.') });
const FILE = 'content/engine/deeds.yml';

const names = Object.keys(GROUPS) as Deed['do'][];

function readDeeds(): Readonly<Record<Deed['do'], z.output<typeof words>>> {
  const shape = Object.fromEntries(names.map((name) => [name, words])) as Record<Deed['do'], typeof words>;
  return readYaml(FILE, z.strictObject(shape)).value;
}

/** The sentences as they were written, for labs: by deed, with backticks about code. */
export function deedSentences(): Readonly<Record<Deed['do'], string>> {
  const value = readDeeds();
  return Object.fromEntries(names.map((deed) => [deed, value[deed].is])) as Record<Deed['do'], string>;
}

export function deedsInWords(): DeedInWords[] {
  const value = readDeeds();
  return names.map((deed) => ({
    deed,
    to: GROUPS[deed],
    name: value[deed].name,
    is: inlineHtml(value[deed].is, () => ''),
  }));
}
