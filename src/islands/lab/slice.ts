// How much virtual time to ask for at once when a run goes flat out: enough to use a frame, not so much that the
// page would wait. Pure: told how long the last slice took at the desk. Called by session.ts.

const wantedMs = { from: 10, to: 24 };
const ns = { first: 20e6, min: 1e5, max: 4e9 };

export class FlatOutSlice {
  ns = ns.first;

  took(wallMs: number): void {
    if (wallMs < wantedMs.from) this.ns = Math.min(ns.max, this.ns * 2);
    else if (wallMs > wantedMs.to) this.ns = Math.max(ns.min, Math.round(this.ns / 2));
  }
}
