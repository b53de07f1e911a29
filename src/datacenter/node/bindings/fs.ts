// internalBinding('fs'): the file system as a program sees it, on the machine's disk. Puts together what the other
// fs-*.ts files hold by idea. Refuses nothing itself. Called by registry.ts, and by fs-dir.ts and fs-event.ts for
// the process's descriptors.
import { lazily } from '../lazily.ts';
import type { Binding, Realm } from '../realm.ts';
import { AsyncWrap } from './async-wrap.ts';
import { type Call, caller } from './fs-call.ts';
import { changingCalls } from './fs-change.ts';
import { dataCalls } from './fs-data.ts';
import { lookingCalls } from './fs-look.ts';
import { OpenFiles } from './open-files.ts';
import { perThreadSymbol } from './plain.ts';

interface FileSystem {
  readonly files: OpenFiles;
  readonly call: Call;
}

/** Of fs-copy.ts, which comes late in a page. */
const COPYING_CALLS = ['cpSyncCheckPaths', 'cpSyncOverrideFile', 'cpSyncCopyDir'];

const fileSystems = new WeakMap<Realm, FileSystem>();

/** The descriptors of a realm's process, and how its calls are made. */
export function fileSystemOf(realm: Realm): FileSystem {
  let known = fileSystems.get(realm);
  if (known === undefined) {
    known = { files: new OpenFiles(realm), call: caller(realm) };
    fileSystems.set(realm, known);
  }
  return known;
}

export const fs = (realm: Realm): Binding => {
  const { files, call } = fileSystemOf(realm);
  const binding: Binding = {
    ...realm.library.data('fs'),
    kUsePromises: perThreadSymbol('fs_use_promises_symbol'),
    statValues: new Float64Array(36),
    bigintStatValues: new BigInt64Array(36),
    statFsValues: new Float64Array(8),
    bigintStatFsValues: new BigInt64Array(8),
    FSReqCallback: class FSReqCallback extends AsyncWrap {
      constructor() {
        super(realm, 'FSREQCALLBACK');
      }
    },
    ...lookingCalls(realm, files, call),
    ...dataCalls(realm, files, call),
    ...changingCalls(realm, files, call),
  };
  lazily(binding, 'StatWatcher', () => realm.rare.statWatchers(realm, files));
  for (const name of COPYING_CALLS)
    lazily(binding, name, () => realm.rare.copyingCalls(realm, files, call)[name]);
  return binding;
};
