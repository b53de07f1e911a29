// Where the topology's boxes and edges stand, in CSS pixels, so that text keeps its size at every width: left to
// right on a bench, top to bottom on a phone. Pure; equal input gives equal drawing. Called by topology.tsx.

export interface Box {
  readonly name: string;
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

export interface Edge {
  readonly from: Box;
  readonly to: Box;
  readonly x1: number;
  readonly y1: number;
  readonly x2: number;
  readonly y2: number;
}

export interface Drawing {
  readonly width: number;
  readonly height: number;
  readonly vertical: boolean;
  readonly boxes: ReadonlyMap<string, Box>;
  readonly edges: ReadonlyMap<string, Edge>;
}

export interface Node {
  readonly name: string;
  readonly role: 'client' | 'server';
}

const box = { width: 130, height: 72, gap: 22, narrowMin: 102 };
const margin = 20;
const phoneBelow = 520;

/** Steps from the clients along the edges; machines that nothing reaches stand one step behind the last. */
export function depths(
  nodes: readonly Node[],
  pairs: readonly (readonly [string, string])[],
): Map<string, number> {
  const depth = new Map<string, number>();
  const first = nodes.filter((node) => node.role === 'client');
  let frontier = (first.length > 0 ? first : nodes.slice(0, 1)).map((node) => node.name);
  for (let level = 0; frontier.length > 0; level += 1) {
    for (const name of frontier) depth.set(name, level);
    const next = new Set<string>();
    for (const [a, b] of pairs) {
      if (depth.has(a) && !depth.has(b)) next.add(b);
      if (depth.has(b) && !depth.has(a)) next.add(a);
    }
    frontier = [...next];
  }
  const last = Math.max(0, ...depth.values()) + 1;
  for (const node of nodes) if (!depth.has(node.name)) depth.set(node.name, last);
  return depth;
}

export function draw(
  nodes: readonly Node[],
  pairs: readonly (readonly [string, string])[],
  width: number,
  key: (a: string, b: string) => string,
): Drawing {
  const depth = depths(nodes, pairs);
  const levels: string[][] = [];
  for (const node of nodes) {
    const level = depth.get(node.name) ?? 0;
    for (let have = levels.length; have <= level; have += 1) levels.push([]);
    levels[level]?.push(node.name);
  }
  const vertical = width < phoneBelow;
  const { boxes, height } = vertical ? stack(levels, width) : spread(levels, width);
  const edges = new Map<string, Edge>();
  for (const [a, b] of pairs) {
    // Every road leads away from the clients, so that what stands on it stands at the same place.
    const away = (depth.get(a) ?? 0) <= (depth.get(b) ?? 0);
    const from = boxes.get(away ? a : b);
    const to = boxes.get(away ? b : a);
    if (from === undefined || to === undefined) continue;
    edges.set(key(a, b), join(from, to));
  }
  return { width, height, vertical, boxes, edges };
}

function spread(
  levels: readonly (readonly string[])[],
  width: number,
): { boxes: Map<string, Box>; height: number } {
  const most = Math.max(1, ...levels.map((level) => level.length));
  const height = Math.max(320, most * (box.height + box.gap) - box.gap + margin * 2);
  const boxWidth = Math.min(
    box.width,
    (width - margin * 2 - (levels.length - 1) * 40) / Math.max(1, levels.length),
  );
  const step = levels.length > 1 ? (width - margin * 2 - boxWidth) / (levels.length - 1) : 0;
  const boxes = new Map<string, Box>();
  levels.forEach((level, column) => {
    const pitch = Math.min(110, (height - margin * 2 - box.height) / Math.max(1, level.length - 1));
    const top = height / 2 - box.height / 2 - ((level.length - 1) * pitch) / 2;
    level.forEach((name, row) => {
      boxes.set(name, {
        name,
        x: margin + column * step,
        y: top + row * pitch,
        width: boxWidth,
        height: box.height,
      });
    });
  });
  return { boxes, height };
}

function stack(
  levels: readonly (readonly string[])[],
  width: number,
): { boxes: Map<string, Box>; height: number } {
  const inner = width - 16;
  const gap = 10;
  const perLine = Math.max(1, Math.floor((inner + gap) / (box.narrowMin + gap)));
  const boxes = new Map<string, Box>();
  let y = 14;
  for (const level of levels) {
    for (let from = 0; from < level.length; from += perLine) {
      const line = level.slice(from, from + perLine);
      const boxWidth = Math.min(box.width, (inner - gap * (line.length - 1)) / line.length);
      const used = line.length * boxWidth + (line.length - 1) * gap;
      line.forEach((name, index) => {
        const x = (width - used) / 2 + index * (boxWidth + gap);
        boxes.set(name, { name, x, y, width: boxWidth, height: box.height });
      });
      y += box.height + (from + perLine < level.length ? gap : 56);
    }
  }
  return { boxes, height: Math.max(120, y - 56 + 14) };
}

/** Ends on the sides that face each other. */
function join(from: Box, to: Box): Edge {
  const middle = (one: Box): readonly [number, number] => [one.x + one.width / 2, one.y + one.height / 2];
  const [fx, fy] = middle(from);
  const [tx, ty] = middle(to);
  const sideways = Math.abs(tx - fx) > (from.width + to.width) / 2 && Math.abs(ty - fy) < Math.abs(tx - fx);
  if (sideways || from.y === to.y) {
    const right = tx > fx ? 1 : -1;
    return { from, to, x1: fx + (right * from.width) / 2, y1: fy, x2: tx - (right * to.width) / 2, y2: ty };
  }
  const down = ty > fy ? 1 : -1;
  return { from, to, x1: fx, y1: fy + (down * from.height) / 2, x2: tx, y2: ty - (down * to.height) / 2 };
}

/** Pairs that the cluster file promises by naming machines in each other's environment, before any packet is seen. */
export function promisedPairs(
  machines: readonly { readonly name: string; readonly env?: Readonly<Record<string, string>> }[],
): readonly (readonly [string, string])[] {
  const names = new Set(machines.map((machine) => machine.name));
  return machines.flatMap((machine) =>
    Object.values(machine.env ?? {}).flatMap((value) =>
      [...value.matchAll(/\$\{([\w-]+)(?::\d+)?\}/g)]
        .map((match) => match[1] ?? '')
        .filter((name) => names.has(name) && name !== machine.name)
        .map((name) => [machine.name, name] as const),
    ),
  );
}
