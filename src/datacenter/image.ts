// What every machine's disk holds when a run begins: the sandboxes' files below /srv, a stand-in for the node command
// where process.execPath says that it is, and mounted folders.
// Made once a run and shared by its machines. Called by run.ts.
import { Image, type LowerFolder, lazyFile } from './machine/disk-image.ts';
import { utf8Bytes } from './node/text.ts';

const NODE = utf8Bytes(
  'The data center runs Node itself; child_process starts programs with it by this name.\n',
);

export function imageOf(
  files: Readonly<Record<string, string>>,
  mounts: Readonly<Record<string, LowerFolder>> = {},
): Image {
  const image = new Image();
  for (const [path, text] of Object.entries(files))
    image.put(
      `/srv/${path}`,
      lazyFile(() => utf8Bytes(text)),
    );
  image.put('/usr/bin/node', { kind: 'file', size: NODE.length, permissions: 0o755, read: () => NODE });
  for (const [path, folder] of Object.entries(mounts)) image.put(path, folder);
  return image;
}
