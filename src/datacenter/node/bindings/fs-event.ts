// internalBinding('fs_event_wrap'): FSEvent, the native object under fs.watch(), which hears of changes as inotify
// tells them. Watching a whole tree is Node's own work, folder by folder. Called by registry.ts.
import type { Binding, Realm } from '../realm.ts';
import { fileSystemOf } from './fs.ts';
import { inEncoding } from './fs-names.ts';
import { HandleWrap } from './handle-wrap.ts';

/** From a change to the loop's hearing of it. */
const NOTICE_NS = 20_000;

export const fsEventWrap = (realm: Realm): Binding => {
  const { files } = fileSystemOf(realm);
  return {
    FSEvent: class FSEvent extends HandleWrap {
      #isStarted = false;

      constructor() {
        super(realm, 'FSEVENTWRAP');
      }

      get initialized(): boolean {
        return this.#isStarted && !this.isClosing;
      }

      start(path: string, persistent: boolean, _recursive: boolean, encoding: unknown): number {
        const node = files.disk.find(files.absolute(path));
        if (typeof node === 'string') return realm.errno(node);
        this.#isStarted = true;
        this.activate();
        if (!persistent) this.unref();
        const ownName = path.split('/').findLast((name) => name !== '') ?? '';
        const stop = files.disk.watchers.add(node, (event, name) => {
          realm.process.after(NOTICE_NS, () => {
            if (this.isClosing) return;
            const { onchange } = this as unknown as { onchange: unknown };
            realm.makeCallback(this, onchange, 0, event, inEncoding(realm, name ?? ownName, encoding));
          });
        });
        this.holdUntilClosed(stop);
        return 0;
      }
    },
  };
};
