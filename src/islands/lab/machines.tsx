// The table of machines: state in a word, requests served, and what can be done to each, in one sentence each.
// Offers only what makes sense in the machine's state; clients stand for the outside world and cannot be broken.
import type { MachineDeed, MachineView } from '../../datacenter/contract.ts';
import type { LabStore } from './lab-store.ts';
import type { LabModel } from './model.ts';
import { allowedDeeds, machineDeedWords, stateWords } from './words.ts';

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
              requests served
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
          {(['kill', 'freeze', 'powerOff', 'restart'] as const).map((deed) => (
            <div key={deed}>
              <dt>{machineDeedWords[deed].label}</dt>
              <dd id={`ck-help-${deed}`}>{machineDeedWords[deed].help}</dd>
            </div>
          ))}
        </dl>
      </details>
    </section>
  );
}

function MachineRow({ row, ready, store }: { row: MachineView | string; ready: boolean; store: LabStore }) {
  const name = typeof row === 'string' ? row : row.name;
  const machine = typeof row === 'string' ? undefined : row;
  const words = machine === undefined ? null : stateWords[machine.state];
  const client = store.data.cluster.machines.find((one) => one.name === name)?.role === 'client';
  const allowed = machine === undefined || !ready ? new Set<MachineDeed>() : allowedDeeds(machine.state);
  const deeds: readonly MachineDeed[] = [
    'kill',
    machine?.state === 'frozen' ? 'thaw' : 'freeze',
    'powerOff',
    'restart',
  ];
  return (
    <tr>
      <th scope="row" id={`ck-row-${name}`}>
        {name}
      </th>
      <td class={`ck-state ck-tone-${words?.tone ?? 'none'}`}>
        <span aria-hidden="true">{words?.mark ?? '·'}</span> {words?.word ?? 'not started'}
      </td>
      <td class="ck-number" data-served={name}>
        {client || machine?.role === 'console' ? '' : (machine?.served ?? 0).toLocaleString('en')}
      </td>
      <td>
        {client ? (
          <span class="ck-soft">
            the outside world
            {machine === undefined
              ? ''
              : `: ${store.session.model.requests.answered.toLocaleString('en')} answers so far`}
          </span>
        ) : (
          <div class="ck-buttons">
            {deeds.map((deed) => (
              <button
                key={deed === 'thaw' ? 'freeze' : deed}
                type="button"
                title={machineDeedWords[deed].help}
                aria-describedby={`ck-row-${name}`}
                aria-disabled={!allowed.has(deed)}
                onClick={() => {
                  if (allowed.has(deed)) store.act({ do: deed, machine: name });
                }}
              >
                {machineDeedWords[deed].label}
              </button>
            ))}
          </div>
        )}
      </td>
    </tr>
  );
}
