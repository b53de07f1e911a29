// What a disk promises whatever was done to it: synced bytes are there after the power went, whole; names are as at the
// last commit; the rest is the old or the new, page by page where writes may be torn. Random calls against a model that
// knows no pages. A failing run prints its seed and path, and `fc.assert(..., {seed, path})` runs it again.
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { Random } from '../../src/datacenter/base/random.ts';
import { Disk, type FileNode, type FolderNode } from '../../src/datacenter/machine/disk.ts';
import { DiskError } from '../../src/datacenter/machine/disk-error.ts';
import { Image } from '../../src/datacenter/machine/disk-image.ts';
import { linksOf } from '../../src/datacenter/machine/disk-inode.ts';

const PAGE = 4096;
const path = fc.constantFrom('/a', '/a', '/b', '/x/a', '/x');
const size = fc.oneof(fc.nat({ max: 40 }), fc.constantFrom(0, 4095, 4096, 4097, 8192, 20_000));
const onBytes = fc.oneof(
  { weight: 3, arbitrary: fc.record({ do: fc.constant('write' as const), path, at: size, size }) },
  { weight: 3, arbitrary: fc.record({ do: fc.constant('truncate' as const), path, size }) },
  { weight: 1, arbitrary: fc.record({ do: fc.constant('sync' as const), path }) },
);
const moving = fc.record({ do: fc.constantFrom('rename' as const, 'link' as const), path, to: path });
const naming = fc.record({
  do: fc.constantFrom('unlink' as const, 'mkdir' as const, 'rmdir' as const),
  path,
});
const call = fc.oneof(
  { weight: 10, arbitrary: onBytes },
  { weight: 2, arbitrary: moving },
  { weight: 3, arbitrary: naming },
  { weight: 2, arbitrary: fc.constant({ do: 'syncFolder' as const }) },
  {
    weight: 2,
    arbitrary: fc.record({ do: fc.constant('powerOff' as const), isTorn: fc.boolean(), seed: fc.nat() }),
  },
  { weight: 1, arbitrary: fc.constant({ do: 'wait' as const }) },
);
type Call = typeof call extends fc.Arbitrary<infer T> ? T : never;
type OnBytes = typeof onBytes extends fc.Arbitrary<infer T> ? T : never;

/** What is known of one file: the bytes as programs see them, and as they are kept. */
interface Known {
  cache: Uint8Array;
  kept: Uint8Array;
  /** Shortest since it was last kept. */
  shortest: number;
}

function imageOf(): Image {
  const image = new Image();
  image.put('/a', { kind: 'file', size: SHIPPED.length, read: () => SHIPPED });
  return image;
}

const resized = (bytes: Uint8Array, length: number): Uint8Array => {
  const made = new Uint8Array(length);
  made.set(bytes.subarray(0, length));
  return made;
};

/** A file that was shipped with the machine: its bytes are shared with others, and must stay as they are. */
const SHIPPED = new Uint8Array(10_000).fill(250);

function hold(condition: boolean, what: string): void {
  if (!condition) throw new Error(`expected that ${what}, found otherwise`);
}

class World {
  nowNs = 0;
  readonly disk = new Disk(imageOf(), () => this.nowNs);
  readonly #known = new Map<FileNode, Known>();
  #keptNames = this.#names();
  readonly #shipped = this.disk.get('/a').inode;
  #marks = 0;

  /** Does the call where the disk lets it; the model follows. */
  do(call: Call): void {
    try {
      this.#try(call);
    } catch (error) {
      if (!(error instanceof DiskError)) throw error;
    }
  }

  #try(call: Call): void {
    const { disk } = this;
    if (call.do === 'powerOff') this.#powerOff(call.isTorn ? new Random(call.seed) : null);
    else if (call.do === 'wait') this.#wait();
    else if (call.do === 'rename') disk.rename(call.path, call.to);
    else if (call.do === 'link') disk.link(call.path, call.to);
    else if (call.do === 'unlink') disk.unlink(call.path);
    else if (call.do === 'mkdir') disk.makeFolder(call.path, 0o755);
    else if (call.do === 'rmdir') disk.removeFolder(call.path);
    else if (call.do === 'syncFolder') this.#commit();
    else this.#tryBytes(call as OnBytes);
  }

  #tryBytes(call: OnBytes): void {
    const { disk } = this;
    const place = disk.place(call.path, 'follow');
    const file = place.node ?? (call.do === 'write' ? disk.makeFile(place, 0o644) : undefined);
    if (file?.kind !== 'file') return;
    const known = this.#of(file);
    if (call.do === 'sync') {
      disk.sync(file);
      this.#keep(known);
    } else if (call.do === 'truncate') {
      disk.truncate(file, call.size);
      known.cache = resized(known.cache, call.size);
      known.shortest = Math.min(known.shortest, call.size);
    } else {
      const bytes = new Uint8Array(call.size).fill(++this.#marks);
      disk.write(file, bytes, call.at);
      const length = call.size === 0 ? 0 : call.at + call.size;
      known.cache = resized(known.cache, Math.max(known.cache.length, length));
      known.cache.set(bytes, call.size === 0 ? 0 : call.at);
    }
  }

  /** Everything is as programs last saw it, and every file has as many links as names. */
  check(): void {
    const names = new Map<FileNode, number>();
    for (const node of this.#names().values())
      if (node.kind === 'file') names.set(node, (names.get(node) ?? 0) + 1);
    for (const [file, count] of names) {
      hold(linksOf(file) === count, 'a file has as many links as names');
      hold(Buffer.from(file.bytes).equals(this.#of(file).cache), 'a program reads what it wrote');
    }
  }

  #of(file: FileNode): Known {
    const bytes = file.inode === this.#shipped ? SHIPPED : new Uint8Array(0);
    const known = this.#known.get(file) ?? { cache: bytes, kept: bytes, shortest: bytes.length };
    this.#known.set(file, known);
    return known;
  }

  #keep(known: Known): void {
    known.kept = known.cache.slice();
    known.shortest = known.kept.length;
  }

  /** A folder was synced: all names are kept, and that files were cut. */
  #commit(): void {
    this.disk.sync(this.disk.root);
    this.#keptNames = this.#names();
    for (const known of this.#known.values()) known.kept = known.kept.slice(0, known.shortest);
  }

  /** Longer than commit and flusher take: all is kept. */
  #wait(): void {
    this.nowNs += 60e9;
    this.#keptNames = this.#names();
    for (const known of this.#known.values()) this.#keep(known);
  }

  #powerOff(torn: Random | null): void {
    this.disk.powerLost(torn);
    const names = this.#names();
    const isAsKept = [...this.#keptNames].every(([name, node]) => names.get(name) === node);
    hold(isAsKept && names.size === this.#keptNames.size, 'names are as at the last commit');
    for (const node of this.#keptNames.values()) {
      if (node.kind !== 'file') continue;
      const known = this.#of(node);
      const found = node.bytes.slice();
      if (torn === null) hold(Buffer.from(found).equals(known.kept), 'what was kept is there');
      else checkTorn(found, known);
    }
    // What the disk has now is where everything starts from.
    for (const [file, known] of this.#known) {
      known.cache = file.bytes.slice();
      this.#keep(known);
    }
  }

  #names(): Map<string, FileNode | FolderNode> {
    const found = new Map<string, FileNode | FolderNode>();
    const visit = (folder: FolderNode, above: string): void => {
      for (const name of folder.names()) {
        const node = folder.get(name);
        if (node?.kind !== 'file' && node?.kind !== 'folder') continue;
        if (name === 'dev') continue;
        found.set(`${above}/${name}`, node);
        if (node.kind === 'folder') visit(node, `${above}/${name}`);
      }
    };
    visit(this.disk.root, '');
    return found;
  }
}

/** Each page is the kept one or the one that was on its way; what was synced and not changed since is whole. */
function checkTorn(found: Uint8Array, { cache, kept }: Known): void {
  if (Buffer.from(cache).equals(kept)) hold(Buffer.from(found).equals(kept), 'what was synced is whole');
  const isAtPageOrEnd = found.length % PAGE === 0 || found.length === cache.length;
  hold(
    found.length === kept.length || (isAtPageOrEnd && found.length > kept.length),
    'a file ends where it ended, or with a page',
  );
  for (let at = 0; at < found.length; at += PAGE) {
    const end = Math.min(at + PAGE, found.length);
    const page = Buffer.from(found.subarray(at, end));
    const isKept = page.equals(resized(kept, end).subarray(at));
    hold(isKept || page.equals(resized(cache, end).subarray(at)), 'a page is the old or the new');
  }
}

it('keeps what was synced, whole, and gives the old or the new of all else', () => {
  fc.assert(
    fc.property(fc.array(call, { maxLength: 60, size: 'max' }), (calls) => {
      const world = new World();
      for (const each of calls) {
        world.do(each);
        world.check();
      }
      hold(Buffer.from(SHIPPED).equals(Buffer.alloc(10_000, 250)), 'shipped bytes stay as they are');
    }),
    { numRuns: 600 },
  );
});

it('renames in one piece: a name that was synced never leads to nothing, nor to half of anything', () => {
  const round = fc.record({ size, isSynced: fc.boolean(), isCommitted: fc.boolean() });
  fc.assert(
    fc.property(fc.array(round, { minLength: 1, maxLength: 12 }), (rounds) => {
      const disk = new Disk();
      const versions = [new Uint8Array(0)];
      disk.put('/f', new Uint8Array(0));
      for (const [count, { size: length, isSynced, isCommitted }] of rounds.entries()) {
        const bytes = new Uint8Array(length).fill(count + 1);
        const file = disk.makeFile(disk.place('/new', 'follow'), 0o644);
        disk.write(file, bytes, 0);
        if (isSynced) disk.sync(file);
        disk.rename('/new', '/f');
        if (isCommitted) disk.sync(disk.root);
        versions.push(isSynced ? bytes : new Uint8Array(0));
      }
      disk.powerLost(null);
      const left = disk.find('/f');
      if (typeof left === 'string' || left.kind !== 'file') throw new Error(`found ${String(left)} at /f`);
      const kept = rounds.findLastIndex(({ isCommitted }) => isCommitted) + 1;
      expect(Buffer.from(left.bytes).equals(versions[kept] ?? new Uint8Array(0))).toBe(true);
    }),
  );
});
