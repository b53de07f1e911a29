// Packets on their way, drawn each frame as the trace says: where from, where to, when sent, when arrived or lost.
// A hop of a quarter millisecond cannot be seen, so at the usual speeds a packet is drawn for longer than it flies
// (the cockpit says so); at 1 ms/s it is drawn for as long as it really flies. Stands still under reduced motion.
import type { Drawing, Edge } from './layout.ts';
import { type Flight, roadKey } from './model.ts';
import type { LabSession } from './session.ts';

/** Shortest time for which a packet is drawn, in milliseconds at the desk. */
const drawnMsMin = 320;
const dotsMax = 140;
/** Packets of one kind and direction keep this far apart. */
const apartPx = 15;
/** Where on its road a lost packet ends, as a share. */
const lostAt = 0.38;
const svg = 'http://www.w3.org/2000/svg';

/** How far along a flight is at a moment, from 0 to 1; null when it is not to be seen. */
export function progress(flight: Flight, nowNs: number, drawnNsMin: number): number | null {
  const gone = nowNs - flight.sentNs;
  if (gone < 0) return null;
  const length = Math.max(drawnNsMin, (flight.arrivesNs ?? flight.sentNs) - flight.sentNs);
  const share = length === 0 ? 1 : gone / length;
  return share > 1 ? null : share;
}

/**
 * On a busy road only one packet in a stretch of time is drawn, so that they stay apart to the eye. Which one is fixed
 * by when it was sent, so none flickers.
 */
function hasRoom(flight: Flight, edge: Edge, drawnNs: number, slots: Map<string, number>): boolean {
  const length = Math.hypot(edge.x2 - edge.x1, edge.y2 - edge.y1) || 1;
  const slotNs = Math.max(1, (drawnNs * apartPx) / length);
  const slot = Math.floor(flight.sentNs / slotNs);
  const key = `${flight.from} ${flight.to} ${flight.arrivesNs === null ? 'lost' : flight.kind}`;
  if (slots.get(key) === slot) return false;
  slots.set(key, slot);
  return true;
}

export class PacketLayer {
  readonly #group: SVGGElement;
  readonly #dots: SVGPathElement[] = [];
  readonly #still = matchMedia('(prefers-reduced-motion: reduce)');

  constructor(group: SVGGElement) {
    this.#group = group;
  }

  frame(session: LabSession, drawing: Drawing): void {
    const { model, speed } = session;
    // Flat out there is nothing to follow; the roads themselves show traffic.
    const scale = speed ?? 0;
    const drawnNsMin = drawnMsMin * 1e6 * scale;
    model.prune(model.nowNs - Math.max(drawnNsMin, 1e6));
    let used = 0;
    if (!this.#still.matches && scale > 0) {
      const slots = new Map<string, number>();
      for (const flight of model.flights) {
        if (used >= dotsMax) break;
        if (flight.kind === 'control' && scale > 0.01) continue;
        const edge = drawing.edges.get(roadKey(flight.from, flight.to));
        if (edge === undefined || !hasRoom(flight, edge, drawnNsMin, slots)) continue;
        const share = progress(flight, model.nowNs, drawnNsMin);
        if (share === null) continue;
        this.#place(this.#dot(used), flight, share, edge);
        used += 1;
      }
    }
    for (let index = used; index < this.#dots.length; index += 1)
      this.#dots[index]?.setAttribute('visibility', 'hidden');
  }

  #dot(index: number): SVGPathElement {
    let dot = this.#dots[index];
    if (dot === undefined) {
      dot = document.createElementNS(svg, 'path');
      this.#dots.push(dot);
      this.#group.append(dot);
    }
    return dot;
  }

  #place(dot: SVGPathElement, flight: Flight, share: number, edge: Edge): void {
    const forth = edge.from.name === flight.from;
    const lost = flight.arrivesNs === null;
    const along = lost ? Math.min(share, lostAt) : share;
    const at = forth ? along : 1 - along;
    // Each direction keeps to its own side of the road.
    const length = Math.hypot(edge.x2 - edge.x1, edge.y2 - edge.y1) || 1;
    const side = forth ? 4 : -4;
    const x = edge.x1 + (edge.x2 - edge.x1) * at - ((edge.y2 - edge.y1) / length) * side;
    const y = edge.y1 + (edge.y2 - edge.y1) * at + ((edge.x2 - edge.x1) / length) * side;
    const kind = lost && share > lostAt ? 'lost' : flight.kind;
    dot.setAttribute('transform', `translate(${x.toFixed(1)} ${y.toFixed(1)})`);
    dot.setAttribute('visibility', 'visible');
    if (dot.dataset['kind'] !== kind) {
      dot.dataset['kind'] = kind;
      dot.setAttribute('class', `ck-packet ck-packet-${kind}`);
      dot.setAttribute('d', shapes[kind]);
    }
  }
}

const shapes = {
  data: 'M-3.6 0a3.6 3.6 0 1 0 7.2 0a3.6 3.6 0 1 0-7.2 0',
  control: 'M-2.2 0a2.2 2.2 0 1 0 4.4 0a2.2 2.2 0 1 0-4.4 0',
  reset: 'M0-4.6 4.4 3.4H-4.4z',
  lost: 'M-4-4 4 4M4-4-4 4',
} as const;
