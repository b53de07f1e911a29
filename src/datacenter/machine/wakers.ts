// Who is to be woken by a kernel socket that several processes may have among their files: all of them, each time
// beginning with the next, so that what comes in is shared out. Called by tcp-listener.ts and udp.ts.

export class Wakers {
  #all: (() => void)[] = [];

  add(wake: () => void): void {
    this.#all.push(wake);
  }

  clear(): void {
    this.#all = [];
  }

  wake(): void {
    const [first, second] = this.#all;
    if (second === undefined) {
      first?.();
      return;
    }
    this.#all.push(...this.#all.splice(0, 1));
    for (const each of [...this.#all]) each();
  }
}
