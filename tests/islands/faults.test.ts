// What can be broken in the cockpit: every deed of the engine is offered, forms give the deeds they promise, and what was
// done is told in words. Also the cockpit's keys and the filter of logs.
import { expect, test } from 'vitest';
import { deedSentences } from '../../src/build/engine-deeds.ts';
import type { Action, Deed, LinkView } from '../../src/datacenter/contract.ts';
import { type DiskFaults, noteDisk } from '../../src/islands/lab/disk-faults.ts';
import { linkDeed, linkForms, machineDeed, machineForms } from '../../src/islands/lab/fault-forms.ts';
import { diskWords, linkFaults, linkNote } from '../../src/islands/lab/fault-words.ts';
import { keyWish } from '../../src/islands/lab/keys.tsx';
import { filteredLines } from '../../src/islands/lab/logs.tsx';
import { deedLabel, machineDeedLabels } from '../../src/islands/lab/words.ts';
import { readAction } from '../../src/runtime/messages.ts';

const link = { a: 'balancer', b: 'app1' };
const starts = (form: (typeof linkForms)[number]) =>
  Object.fromEntries(form.amounts.map(({ name, start }) => [name, start]));

test('every deed of the engine is offered: by a button, by a form, or by typing', () => {
  const buttons = ['kill', 'freeze', 'thaw', 'powerOff', 'restart', 'cut', 'mend'];
  const elsewhere = ['input', 'edit'];
  const forms = [...machineForms, ...linkForms].map(({ deed }) => deed);
  expect([...new Set([...buttons, ...elsewhere, ...forms])].sort()).toEqual(
    Object.keys(deedSentences()).sort(),
  );
  for (const name of Object.keys(machineDeedLabels)) expect(Object.keys(deedSentences())).toContain(name);
});

test('each form gives an action that the engine knows, one way or both', () => {
  const deeds = [
    ...machineForms.map((form) => machineDeed(form, 'app1', starts(form))),
    ...linkForms.map((form) => linkDeed(form, link, 'both', starts(form))),
    ...linkForms.map((form) => linkDeed(form, link, 'back', starts(form))),
  ];
  for (const deed of deeds) expect(readAction({ atNs: 0, ...deed })).toEqual({ atNs: 0, ...deed });
  expect(deeds.map((deed) => (deed === null ? '' : deedLabel(deed)))).toEqual([
    'Slow disk of app1 by 50 ms',
    'Full disk of app1',
    'Failing disk of app1',
    'Mend disk of app1',
    'Power off app1, writes torn',
    'Replace app1',
    'Delay balancer – app1 200 ms',
    'Jitter balancer – app1 50 ms',
    'Loss balancer – app1 5%',
    'Duplicate balancer – app1 10%',
    'Reorder balancer – app1 10%, 20 ms',
    'Corrupt balancer – app1 5%',
    'Slow balancer – app1 256 kbit/s',
    'Cut balancer – app1',
    'Mend balancer – app1',
    'Delay app1 → balancer 200 ms',
    'Jitter app1 → balancer 50 ms',
    'Loss app1 → balancer 5%',
    'Duplicate app1 → balancer 10%',
    'Reorder app1 → balancer 10%, 20 ms',
    'Corrupt app1 → balancer 5%',
    'Slow app1 → balancer 256 kbit/s',
    'Cut app1 → balancer',
    'Mend app1 → balancer',
  ]);
  expect(deedLabel({ do: 'loss', from: 'a', to: 'b', chance: 0 })).toBe('No loss a – b');
});

test.each([undefined, Number.NaN, -1, 101])('an amount of %s percent gives no deed', (percent) => {
  const loss = linkForms.find(({ key }) => key === 'loss');
  if (loss === undefined) throw new Error('expected a form of loss');
  expect(linkDeed(loss, link, 'both', percent === undefined ? {} : { percent })).toBeNull();
});

test('faults of a link in words, with their direction, and short', () => {
  const built: LinkView = { ...link, cut: [false, false], delayMs: [0, 0], loss: [0, 0] };
  expect([linkFaults(built), linkNote(built)]).toEqual([[], '']);
  const broken: LinkView = {
    ...built,
    cut: [false, true],
    delayMs: [200, 200],
    jitterMs: [5, 0],
    loss: [0.025, 0.1],
    duplicate: [0.1, 0.1],
    reorder: [0, 0.2],
    corrupt: [0.05, 0.05],
    kilobitsPerSecond: [256, 0],
  };
  expect(linkFaults(broken)).toEqual([
    '✕ cut app1 → balancer',
    '+200 ms',
    '≈ up to 5 ms → app1',
    'loses 2.5% → app1',
    'loses 10% → balancer',
    'doubles 10%',
    'reorders 20% → balancer',
    'corrupts 5%',
    '256 kbit/s → app1',
  ]);
  expect(linkNote(broken)).toBe('✕ one way, 7 more');
  expect(linkNote({ ...built, delayMs: [0, 30] })).toBe('+30 ms');
});

test('faults of a disk are known from what was done, and a fresh machine has none', () => {
  const disks = new Map<string, DiskFaults>();
  const does = (deed: Deed): string => {
    noteDisk(disks, { atNs: 0, ...deed } as Action);
    return diskWords(disks.get('db'));
  };
  const machine = 'db';
  expect(does({ do: 'slowDisk', machine, ms: 50 })).toBe('▼ disk +50 ms');
  expect(does({ do: 'fullDisk', machine })).toBe('▼ disk full');
  expect(does({ do: 'failDisk', machine })).toBe('▼ disk failing');
  expect(does({ do: 'powerOff', machine })).toBe('▼ disk failing');
  expect(does({ do: 'mendDisk', machine })).toBe('');
  expect(does({ do: 'fullDisk', machine })).toBe('▼ disk full');
  expect(does({ do: 'replace', machine })).toBe('');
});

test('keys are the cockpit’s only where they mean nothing else', () => {
  const key = (name: string) => ({ key: name, ctrlKey: false, metaKey: false, altKey: false });
  const wishes = (focus: 'none' | 'control' | 'text') =>
    [' ', '.', ',', 'x'].map((name) => keyWish(key(name), focus));
  expect(wishes('none')).toEqual(['run', 'step', 'rewind', null]);
  expect(wishes('control')).toEqual([null, 'step', 'rewind', null]);
  expect(wishes('text')).toEqual([null, null, null, null]);
  expect(keyWish({ ...key('.'), ctrlKey: true }, 'none')).toBeNull();
});

test('logs are filtered by machine and by text, whatever its case', () => {
  const line = (seq: number, machine: string, text: string) =>
    ({ seq, atNs: 0, machine, stream: 'stdout', text }) as const;
  const lines = [line(0, 'app1', 'Ready'), line(1, 'app2', 'ready'), line(2, 'app2', 'gone')];
  const found = (machine: string, text: string) => filteredLines(lines, machine, text).map(({ seq }) => seq);
  expect([found('', ''), found('app2', ''), found('', 'ready'), found('app2', 'ready')]).toEqual([
    [0, 1, 2],
    [1, 2],
    [0, 1],
    [1],
  ]);
});
