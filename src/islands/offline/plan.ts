// What the service worker knows of the site: every file with its size and the beginning of its hash, and a version over
// all of them. Pure. Written by build/offline-plan.ts into /sw.js, read by worker.ts.

/** One file. `hash`: the first 16 hexadecimal digits of its SHA-256. */
export interface KeptFile {
  readonly hash: string;
  readonly bytes: number;
}

export interface OfflinePlan {
  readonly version: string;
  /** By address: '/index.html', '/_astro/x.js'. */
  readonly files: Readonly<Record<string, KeptFile>>;
}

/** What page and worker say to each other. */
export type ToWorker =
  | { readonly kind: 'keep'; readonly addresses: readonly string[] }
  | { readonly kind: 'keep-all' }
  | { readonly kind: 'remove' }
  | { readonly kind: 'state' }
  /** To the worker in charge, before another takes over: the browser waits for what it still does. */
  | { readonly kind: 'stop' }
  | { readonly kind: 'take-over' };

export interface OfflineState {
  readonly version: string;
  readonly keptBytes: number;
  readonly allBytes: number;
  readonly keptFiles: number;
  readonly allFiles: number;
}

/** The file that answers an address: a folder by its index, or undefined where the site has none. */
export function fileAt(plan: OfflinePlan, pathname: string): string | undefined {
  let path: string;
  try {
    path = decodeURIComponent(pathname);
  } catch {
    return undefined;
  }
  return [path, `${path.replace(/\/$/, '')}/index.html`].find((each) => Object.hasOwn(plan.files, each));
}

/** The name under which one version of a file is kept: another version is another name. */
export function keyOf(plan: OfflinePlan, file: string): string {
  return `${file}?kept=${plan.files[file]?.hash ?? ''}`;
}
