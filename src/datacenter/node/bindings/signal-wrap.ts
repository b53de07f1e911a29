// Signals as a program hears them: one handler for each signal that it listens to, in its event loop.
// SIGKILL and SIGSTOP cannot be heard. Called by registry.ts.
import { SIGKILL, SIGSTOP } from '../../machine/signals.ts';
import type { Binding, Realm } from '../realm.ts';
import { HandleWrap } from './handle-wrap.ts';

class SignalHandle extends HandleWrap {
  onsignal: ((number: number) => void) | undefined;
  #stop: () => void = () => undefined;

  start(number: number): number {
    if (!(this instanceof SignalHandle)) throw new TypeError('Illegal invocation');
    if (number === SIGKILL || number === SIGSTOP) return this.realm.errno('EINVAL');
    const { process } = this.realm;
    const hear = () => process.post(() => this.realm.makeCallback(this, this.onsignal, number));
    let handlers = process.onSignal.get(number);
    if (handlers === undefined) {
      handlers = new Set();
      process.onSignal.set(number, handlers);
    }
    handlers.add(hear);
    this.#stop = () => process.onSignal.get(number)?.delete(hear);
    this.holdUntilClosed(this.#stop);
    this.activate();
    return 0;
  }

  stop(): number {
    this.#stop();
    return 0;
  }
}

export const signalWrap = (realm: Realm): Binding => ({
  Signal: class Signal extends SignalHandle {
    constructor() {
      super(realm, 'SIGNALWRAP');
    }
  },
});
