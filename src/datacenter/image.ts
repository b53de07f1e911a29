// What every machine's disk holds when a run begins: the sandboxes' files below /srv, and mounted folders.
// Made once a run and shared by its machines. Called by run.ts.
import { Image, type LowerFolder, lazyFile } from './machine/disk-image.ts';
import { utf8Bytes } from './node/text.ts';

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
  for (const [path, folder] of Object.entries(mounts)) image.put(path, folder);
  return image;
}
