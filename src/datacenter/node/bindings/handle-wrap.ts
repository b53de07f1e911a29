// Base of handles: what keeps a process alive until it is closed or unref'ed, and closes in the loop's
// closing phase. Extended by tcp-wrap.ts.
import type { Realm } from '../realm.ts';
import { AsyncWrap } from './async-wrap.ts';
import { perThreadSymbol } from './plain.ts';

/** Open handles of a process: one more socket is refused with EMFILE. */
export const HANDLES_MAX = 16_384;
/** What making one counts in the guard of loops, whose steps do not see the library's own work. */
const STEPS_OF_A_HANDLE = 500;

const onClose = perThreadSymbol('handle_onclose');

export class HandleWrap extends AsyncWrap {
  protected readonly realm: Realm;
  isClosing = false;
  #isActive = false;
  #isClosed = false;
  #hasRef = true;
  readonly #releases: (() => void)[] = [];

  constructor(realm: Realm, provider: string, resource?: object) {
    super(realm, provider, resource);
    this.realm = realm;
    if (realm.guard !== null) realm.guard.steps += STEPS_OF_A_HANDLE;
  }

  /** No further socket can be opened. */
  protected get isAtLimit(): boolean {
    return this.realm.handles.size >= HANDLES_MAX;
  }

  /** The process has it open, whether it waits for anything or not. */
  protected list(): void {
    this.realm.handles.add(this);
  }

  /** From now on the handle keeps the process alive, unless it is unref'ed. */
  protected activate(): void {
    if (this.#isActive) return;
    this.#isActive = true;
    this.list();
    if (this.#hasRef) this.realm.process.references++;
  }

  /** It waits for nothing now: it keeps nobody alive until it is activated again. */
  protected deactivate(): void {
    if (!this.#isActive) return;
    this.#isActive = false;
    if (this.#hasRef) this.realm.process.references--;
  }

  /** Has `release` called once: when the handle closes, or when the process ends. */
  protected holdUntilClosed(release: () => void): void {
    this.#releases.push(release);
    this.realm.process.onEnd.add(release);
  }

  /** What it held is another's from now on: it closes with nothing to release. */
  protected letGo(): void {
    for (const release of this.#releases.splice(0)) this.realm.process.onEnd.delete(release);
  }

  close(callback?: () => void): void {
    if (this.isClosing) return;
    this.isClosing = true;
    if (this.#isActive && this.#hasRef) this.realm.process.references--;
    this.#isActive = false;
    const { process } = this.realm;
    for (const release of this.#releases) process.onEnd.delete(release);
    const releases = this.#releases.splice(0);
    process.kernel(() => {
      for (const release of releases) release();
    });
    if (callback !== undefined) Object.assign(this, { [onClose]: callback });
    process.references++;
    process.postClosing(() => {
      process.references--;
      this.realm.handles.delete(this);
      this.#isClosed = true;
      this.realm.makeCallback(this, (this as unknown as Record<symbol, unknown>)[onClose]);
      AsyncWrap.ended(this);
    });
  }

  ref(): void {
    if (this.#hasRef) return;
    this.#hasRef = true;
    if (this.#isActive) this.realm.process.references++;
  }

  unref(): void {
    if (!this.#hasRef) return;
    this.#hasRef = false;
    if (this.#isActive) this.realm.process.references--;
  }

  /** True until it is closed, also while it closes. */
  get isReferenced(): boolean {
    return this.#hasRef;
  }

  /** Of a handle that has closed there is nothing to say. */
  hasRef(): boolean | undefined {
    return this.#isClosed ? undefined : this.#hasRef && !this.isClosing;
  }
}
