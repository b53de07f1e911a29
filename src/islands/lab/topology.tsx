// The cluster as a drawing: machines as boxes (state by color, shape and word), roads that packets have used, and
// the packets of the trace on their way. Text keeps its size at every width. Not a control: the tables are.
import { useEffect, useMemo, useRef, useState } from 'preact/hooks';
import type { MachineView } from '../../datacenter/contract.ts';
import { CONSOLE } from '../../runtime/console.ts';
import { diskWords, linkFaults, linkNote } from './fault-words.ts';
import type { LabStore } from './lab-store.ts';
import { type Box, draw, type Edge, promisedPairs } from './layout.ts';
import { shownMachines } from './machines.tsx';
import { roadKey } from './model.ts';
import { PacketLayer } from './packets.ts';
import { stateWords } from './words.ts';

export function Topology({ store }: { readonly store: LabStore }) {
  store.pulse.value;
  const { model } = store.session;
  const frame = useRef<HTMLDivElement>(null);
  const layer = useRef<SVGGElement>(null);
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const element = frame.current;
    if (element === null) return;
    const measure = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    measure.observe(element);
    return () => measure.disconnect();
  }, []);

  const promised = useMemo(() => promisedPairs(store.data.cluster.machines), [store]);
  const nodes = store.data.cluster.machines.flatMap(({ name, role = 'server' }) =>
    role === 'console' ? [] : [{ name, role }],
  );
  // The reader's own machine stands at the edge, as clients do, once it has been woken.
  if (model.console.isAwake) nodes.push({ name: CONSOLE, role: 'client' });
  const seen = [...model.roads.values()].map((road) => [road.a, road.b] as const);
  const keys = new Map([...promised, ...seen].map((pair) => [roadKey(...pair), pair]));
  const signature = `${width} ${nodes.length} ${[...keys.keys()].join('|')}`;
  const drawing = useMemo(() => draw(nodes, [...keys.values()], Math.max(240, width), roadKey), [signature]);

  const shown = useRef(drawing);
  shown.current = drawing;
  useEffect(() => {
    const group = layer.current;
    if (group === null) return;
    const packets = new PacketLayer(group);
    const onFrame = (): void => packets.frame(store.session, shown.current);
    store.frames.add(onFrame);
    return () => {
      store.frames.delete(onFrame);
    };
  }, [store]);

  return (
    <div class="ck-map" ref={frame}>
      <svg
        role="img"
        aria-label={inWords(store)}
        width={drawing.width}
        height={drawing.height}
        viewBox={`0 0 ${Math.max(1, drawing.width)} ${drawing.height}`}
      >
        <g class="ck-roads">
          {[...drawing.edges].map(([key, edge]) => (
            <Road key={key} edge={edge} store={store} />
          ))}
        </g>
        <g ref={layer} />
        {[...drawing.boxes.values()].map((box) => (
          <MachineBox key={box.name} box={box} store={store} />
        ))}
      </svg>
    </div>
  );
}

function Road({ edge, store }: { readonly edge: Edge; readonly store: LabStore }) {
  const { model } = store.session;
  const road = model.roads.get(roadKey(edge.from.name, edge.to.name));
  const link = model.links.find((one) => roadKey(one.a, one.b) === roadKey(edge.from.name, edge.to.name));
  const cut = link?.cut.some(Boolean) === true;
  const note = link === undefined ? '' : linkNote(link);
  const busy = road !== undefined && model.nowNs - road.lastNs < 1e9;
  const tone = cut ? 'cut' : road === undefined ? 'unseen' : busy ? 'busy' : 'quiet';
  const at = 0.68;
  const x = edge.x1 + (edge.x2 - edge.x1) * at;
  const y = edge.y1 + (edge.y2 - edge.y1) * at;
  return (
    <g class={`ck-road ck-road-${tone}${note === '' ? '' : ' ck-road-faulty'}`}>
      <path d={`M${edge.x1} ${edge.y1}L${edge.x2} ${edge.y2}`} />
      {note === '' ? null : (
        <g>
          <rect x={x - note.length * 3.7 - 6} y={y - 11} width={note.length * 7.4 + 12} height={22} rx={3} />
          <text x={x} y={y + 4.5} text-anchor="middle">
            {note}
          </text>
        </g>
      )}
    </g>
  );
}

function MachineBox({ box, store }: { readonly box: Box; readonly store: LabStore }) {
  const { model } = store.session;
  const machine = model.machine(box.name);
  const { mark, word, tone } = machine === undefined ? notYet : stateWords[machine.state];
  const room = Math.floor((box.width - 20) / 7.9);
  const name = box.name.length > room ? `${box.name.slice(0, room - 1)}…` : box.name;
  const disk = diskWords(model.disks.get(box.name));
  const count = machine === undefined ? '' : countWords(machine, model.requests.answered, box.width);
  return (
    <g class={`ck-box ck-tone-${tone}`} transform={`translate(${box.x} ${box.y})`}>
      <rect width={box.width} height={box.height} rx={4} />
      <text class="ck-box-name" x={10} y={22}>
        {name}
      </text>
      <text class="ck-box-state" x={10} y={42}>
        {mark} {word}
      </text>
      {disk === '' && count === '' ? null : (
        <text class={disk === '' ? 'ck-box-count' : 'ck-box-disk'} x={10} y={60}>
          {disk.length * 7.3 > box.width - 14 ? '▼ disk' : disk || count}
        </text>
      )}
    </g>
  );
}

const notYet = { mark: '·', word: 'not started', tone: 'none' } as const;

function countWords(machine: MachineView, answered: number, width: number): string {
  if (machine.role === 'console') return 'your console';
  // Served are requests of HTTP: a machine that speaks something else has none, and says nothing here.
  if (machine.role === 'server' && machine.served === 0) return '';
  const count = (machine.role === 'client' ? answered : machine.served).toLocaleString('en');
  const word = machine.role === 'client' ? 'answers' : 'served';
  const text = `${count} ${word}`;
  return text.length * 7.3 > width - 14 ? count : text;
}

function inWords(store: LabStore): string {
  const { model } = store.session;
  const roads = [...model.roads.values()].map((road) => `${road.a} with ${road.b}`);
  const machines = shownMachines(model).map(({ name, state }) => {
    const disk = diskWords(model.disks.get(name)).replace('▼ ', ', ');
    return `${name} ${stateWords[state].word}${disk}`;
  });
  const faults = model.links.flatMap((link) =>
    linkFaults(link).map((fault) => `${link.a} – ${link.b}: ${fault.replace('✕ ', '')}.`),
  );
  if (machines.length === 0) return 'Topology. Nothing has been started yet.';
  const talk =
    roads.length === 0 ? 'No packet has been seen yet.' : `Packets were seen: ${roads.join(', ')}.`;
  return `Topology: ${machines.join(', ')}. ${talk} ${faults.join(' ')} The tables Machines and Links say the same.`;
}
