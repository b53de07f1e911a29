// Writes the pcapng format (IETF draft-ietf-opsawg-pcapng) as far as Ethernet captures need it: section, interfaces
// with nanosecond times, packets with their direction, and statistics at the end. Pure; big-endian.
// Called by capture.ts.

const SECTION_HEADER = 0x0a0d0d0a;
const INTERFACE_DESCRIPTION = 1;
const INTERFACE_STATISTICS = 5;
const ENHANCED_PACKET = 6;
const BYTE_ORDER_MAGIC = 0x1a2b3c4d;
const LINKTYPE_ETHERNET = 1;

// Options, by block.
const END = 0;
const SHB_USERAPPL = 4;
const IF_NAME = 2;
const IF_TSRESOL = 9;
const EPB_FLAGS = 2;
const ISB_IFRECV = 4;
const ISB_IFDROP = 5;
const NANOSECONDS = 9;

export const INBOUND = 1;
export const OUTBOUND = 2;

type Option = readonly [code: number, value: readonly number[]];

/** Blocks one after the other, and how many bytes they are. */
export class PcapngWriter {
  size = 0;
  readonly #blocks: Uint8Array[];
  readonly #epochNs: bigint;

  private constructor(epochNs: bigint, blocks: readonly Uint8Array[]) {
    this.#epochNs = epochNs;
    this.#blocks = [...blocks];
  }

  /** Begins a section. `epochMs` is when t=0 was, in milliseconds since 1970. */
  static begin(epochMs: number, application: string): PcapngWriter {
    const writer = new PcapngWriter(BigInt(epochMs) * 1_000_000n, []);
    const options = optionsOf([[SHB_USERAPPL, textOf(application)]]);
    // Version 1.0, of a section whose length is not told.
    writer.#block(SECTION_HEADER, [
      ...uint32(BYTE_ORDER_MAGIC),
      0,
      1,
      0,
      0,
      ...uint32(-1),
      ...uint32(-1),
      ...options,
    ]);
    return writer;
  }

  /** Interfaces count from 0, in the order of adding. */
  addInterface(name: string): void {
    const options = optionsOf([
      [IF_NAME, textOf(name)],
      [IF_TSRESOL, [NANOSECONDS]],
    ]);
    this.#block(INTERFACE_DESCRIPTION, [0, LINKTYPE_ETHERNET, 0, 0, 0, 0, 0, 0, ...options]);
  }

  addPacket(interfaceId: number, atNs: number, frame: Uint8Array, direction: number): void {
    const padded = (frame.length + 3) & ~3;
    const block = new Uint8Array(28 + padded + 12 + 4);
    const view = new DataView(block.buffer);
    view.setUint32(0, ENHANCED_PACKET);
    view.setUint32(4, block.length);
    view.setUint32(8, interfaceId);
    view.setBigUint64(12, this.#epochNs + BigInt(atNs));
    view.setUint32(20, frame.length);
    view.setUint32(24, frame.length);
    block.set(frame, 28);
    view.setUint16(28 + padded, EPB_FLAGS);
    view.setUint16(30 + padded, 4);
    view.setUint32(32 + padded, direction);
    view.setUint32(36 + padded, END);
    view.setUint32(block.length - 4, block.length);
    this.#add(block);
  }

  addStatistics(interfaceId: number, atNs: number, received: number, dropped: number): void {
    const time = this.#epochNs + BigInt(atNs);
    const options = optionsOf([
      [ISB_IFRECV, [...uint32(0), ...uint32(received)]],
      [ISB_IFDROP, [...uint32(0), ...uint32(dropped)]],
    ]);
    const halves = [Number(time >> 32n), Number(time & 0xffffffffn)];
    this.#block(INTERFACE_STATISTICS, [...uint32(interfaceId), ...halves.flatMap(uint32), ...options]);
  }

  /** Everything so far, as a file. */
  bytes(): Uint8Array<ArrayBuffer> {
    const all = new Uint8Array(this.size);
    let at = 0;
    for (const block of this.#blocks) {
      all.set(block, at);
      at += block.length;
    }
    return all;
  }

  /** A copy that can be added to without changing this one. */
  copy(): PcapngWriter {
    const copy = new PcapngWriter(this.#epochNs, this.#blocks);
    copy.size = this.size;
    return copy;
  }

  #block(type: number, body: readonly number[]): void {
    const length = uint32(12 + body.length);
    this.#add(Uint8Array.from([...uint32(type), ...length, ...body, ...length]));
  }

  #add(block: Uint8Array): void {
    this.#blocks.push(block);
    this.size += block.length;
  }
}

function uint32(value: number): number[] {
  return [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
}

function textOf(text: string): number[] {
  return Array.from(text, (char) => char.charCodeAt(0) & 127);
}

/** Each padded to 32 bits, then the end of options. */
function optionsOf(options: readonly Option[]): number[] {
  const bytes = options.flatMap(([code, value]) => {
    const padding = Array<number>((4 - (value.length % 4)) % 4).fill(0);
    return [0, code, value.length >>> 8, value.length & 255, ...value, ...padding];
  });
  return [...bytes, 0, END, 0, 0];
}
