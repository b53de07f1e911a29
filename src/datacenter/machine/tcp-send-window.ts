// How much the peer is ready to take: SND.WND with the two marks that tell news from old news (SND.WL1 and
// SND.WL2, RFC 9293, 3.3.1 and 3.10.7.4). Called by the sending side only.

export class SendWindow {
  /** In bytes, from the first unacknowledged one. */
  size = 0;
  /** The largest that the peer ever offered. */
  sizeMax = 0;
  #sequence = -1;
  #acknowledgment = -1;

  /** The peer's segment at its offset `sequence` offered `size`. True where that is news. */
  update(size: number, sequence: number, acknowledgment: number): boolean {
    if (sequence < this.#sequence) return false;
    if (sequence === this.#sequence && acknowledgment < this.#acknowledgment) return false;
    this.#sequence = sequence;
    this.#acknowledgment = acknowledgment;
    const changed = size !== this.size;
    this.size = size;
    if (size > this.sizeMax) this.sizeMax = size;
    return changed;
  }
}
