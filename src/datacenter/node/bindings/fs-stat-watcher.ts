// StatWatcher, the native object under fs.watchFile(): looks at a file's stat every so often and tells of changes,
// as uv_fs_poll does. Made by fs.ts.
import type { Realm } from '../realm.ts';
import { asStats, statValues } from './fs-look.ts';
import { HandleWrap } from './handle-wrap.ts';
import type { OpenFiles } from './open-files.ts';

const NOTHING_THERE: readonly number[] = new Array<number>(18).fill(0);
/** Where the time of the last access lies: reading a file is no change. */
const ACCESS_TIME = [10, 11];

export function statWatchers(realm: Realm, files: OpenFiles): new (big: boolean) => HandleWrap {
  return class StatWatcher extends HandleWrap {
    readonly #big: boolean;

    constructor(big: boolean) {
      super(realm, 'STATWATCHER');
      this.#big = big;
    }

    start(path: string, intervalMs: number): number {
      this.activate();
      let before = this.#look(path);
      if (before === NOTHING_THERE)
        realm.process.after(10_000, () => this.#tell(realm.errno('ENOENT'), before, before));
      const poll = (): void => {
        if (this.isClosing) return;
        const now = this.#look(path);
        if (now.some((value, at) => value !== before[at] && !ACCESS_TIME.includes(at))) {
          const status = now === NOTHING_THERE ? realm.errno('ENOENT') : 0;
          const old = before;
          before = now;
          this.#tell(status, now, old);
        }
        realm.process.after(Math.max(1, intervalMs) * 1e6, poll);
      };
      realm.process.after(Math.max(1, intervalMs) * 1e6, poll);
      return 0;
    }

    #look(path: string): readonly number[] {
      const node = files.disk.find(files.absolute(path));
      return typeof node === 'string' ? NOTHING_THERE : statValues(node);
    }

    #tell(status: number, now: readonly number[], old: readonly number[]): void {
      if (this.isClosing) return;
      const { onchange } = this as unknown as { onchange: unknown };
      realm.makeCallback(this, onchange, status, asStats([...now, ...old], this.#big));
    }
  };
}
