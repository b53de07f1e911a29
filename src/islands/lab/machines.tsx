// The table of machines: state in a word, what is wrong with the disk, requests served, and what can be done to each.
// Four buttons stand in the row, the rest behind 'More'. Offers only what makes sense in the machine's state; clients
// stand for the outside world and cannot be broken.
import { useState } from 'preact/hooks';
import type { MachineDeed, MachineView } from '../../datacenter/contract.ts';
import { FaultChooser } from './fault-chooser.tsx';
import { machineDeed, machineForms } from './fault-forms.ts';
import { diskWords } from './fault-words.ts';
import type { LabStore } from './lab-store.ts';
import type { LabModel } from './model.ts';
import { Inline } from './prose.tsx';
import { allowedDeeds, machineDeedLabels, stateWords } from './words.ts';

const inRow = ['kill', 'freeze', 'thaw', 'powerOff', 'restart'] as const;

/** The reader's own machine is none to look at or to break before it has been woken. */
export function shownMachines(model: LabModel): readonly MachineView[] {
  return model.machines.filter(({ role }) => role !== 'console' || model.console.isAwake);
}

export function Machines({ store }: { readonly store: LabStore }) {
  store.pulse.value;
  const { model, status } = store.session;
  const ready = status === 'running' || status === 'paused' || status === 'ended';
  const rows: readonly (MachineView | string)[] =
    model.machines.length > 0
      ? shownMachines(model)
      : store.data.cluster.machines.map((machine) => machine.name);
  return (
    <section class="ck-part ck-machines">
      <table class="ck-table" aria-label="Machines">
        <caption>Machines</caption>
        <thead>
          <tr>
            <th scope="col">name</th>
            <th scope="col">state</th>
            <th scope="col" class="ck-number">
              HTTP requests served
            </th>
            <th scope="col">break it</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <MachineRow
              key={typeof row === 'string' ? row : row.name}
              row={row}
              ready={ready}
              store={store}
            />
          ))}
        </tbody>
      </table>
      <details class="ck-help">
        <summary>What the buttons are in the real world</summary>
        <dl>
          {inRow.map((deed) => (
            <div key={deed}>
              <dt>{machineDeedLabels[deed]}</dt>
              <dd id={`ck-help-${deed}`}>
                <Inline text={store.data.deeds[deed] ?? ''} />
              </dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}

function MachineRow({ row, ready, store }: { row: MachineView | string; ready: boolean; store: LabStore }) {
  const [more, setMore] = useState(false);
  const name = typeof row === 'string' ? row : row.name;
  const machine = typeof row === 'string' ? undefined : row;
  const words = machine === undefined ? null : stateWords[machine.state];
  const { model } = store.session;
  const disk = diskWords(model.disks.get(name));
  const client = store.data.cluster.machines.find((one) => one.name === name)?.role === 'client';
  const allowed = machine === undefined || !ready ? new Set<MachineDeed>() : allowedDeeds(machine.state);
  return (
    <>
      <tr>
        <th scope="row" id={`ck-row-${name}`}>
          {name}
        </th>
        <td class={`ck-state ck-tone-${words?.tone ?? 'none'}`}>
          <span aria-hidden="true">{words?.mark ?? '·'}</span> {words?.word ?? 'not started'}
          {disk === '' ? null : <span class="ck-disk ck-tone-slow">{disk}</span>}
        </td>
        <td class="ck-number" data-served={name}>
          {client || machine?.role === 'console' ? '' : (machine?.served ?? 0).toLocaleString('en')}
        </td>
        <td>
          {client ? (
            <Outside answers={machine === undefined ? null : model.requests.answered} />
          ) : (
            <div class="ck-buttons">
              <DeedButtons
                name={name}
                store={store}
                allowed={allowed}
                isFrozen={machine?.state === 'frozen'}
              />
              <button
                type="button"
                aria-expanded={more}
                aria-controls={`ck-more-${name}`}
                aria-describedby={`ck-row-${name}`}
                onClick={() => setMore(!more)}
              >
                More
              </button>
            </div>
          )}
        </td>
      </tr>
      {more ? (
        <tr class="ck-more">
          <td colSpan={4}>
            <FaultChooser
              store={store}
              id={`ck-more-${name}`}
              row={`ck-row-${name}`}
              forms={machineForms}
              ready={ready && machine !== undefined}
              deedOf={(fault, amounts) =>
                fault.deed === 'powerOff' && !allowed.has('powerOff')
                  ? null
                  : machineDeed(fault, name, amounts)
              }
            />
          </td>
        </tr>
      ) : null}
    </>
  );
}

function Outside({ answers }: { readonly answers: number | null }) {
  const told = answers === null ? '' : `: ${answers.toLocaleString('en')} answers so far`;
  return <span class="ck-soft">the outside world{told}</span>;
}

function DeedButtons(props: {
  readonly name: string;
  readonly store: LabStore;
  readonly allowed: ReadonlySet<MachineDeed>;
  readonly isFrozen: boolean;
}) {
  const { name, store, allowed, isFrozen } = props;
  const deeds = ['kill', isFrozen ? 'thaw' : 'freeze', 'powerOff', 'restart'] as const;
  return (
    <>
      {deeds.map((deed) => (
        <button
          key={deed === 'thaw' ? 'freeze' : deed}
          type="button"
          title={store.data.deeds[deed]?.replaceAll('`', '')}
          aria-describedby={`ck-row-${name} ck-help-${deed}`}
          aria-disabled={!allowed.has(deed)}
          onClick={() => {
            if (allowed.has(deed)) store.act({ do: deed, machine: name });
          }}
        >
          {machineDeedLabels[deed]}
        </button>
      ))}
    </>
  );
}
