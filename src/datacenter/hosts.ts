// The names of a cluster, as /etc/hosts on every machine has them: which address a name stands for, and back.
// Knows no DNS: that is what a machine's `nameServers` are for. Called by run.ts.
import { formatAddress } from './base/address.ts';
import type { MachineSpec } from './contract.ts';

const LOCALHOST = '127.0.0.1';
const LOCALHOST_IPV6 = '::1';

export class Hosts {
  readonly #addressByName = new Map<string, string>();
  readonly #nameByAddress = new Map<string, string>();

  add(name: string, address: number): void {
    this.#addressByName.set(name, formatAddress(address));
    this.#nameByAddress.set(formatAddress(address), name);
  }

  /** Addresses of a host name, in any case; `self` is who asks, for the empty name. */
  resolve(hostName: string, self: string): string[] {
    const name = hostName.toLowerCase();
    if (name === 'localhost') return [LOCALHOST];
    const address = this.#addressByName.get(name === '' ? self : name);
    return address === undefined ? [] : [address];
  }

  /** Null where no machine has the address. */
  nameOf(address: string): string | null {
    if (address.startsWith('127.') || address === LOCALHOST_IPV6) return 'localhost';
    return this.#nameByAddress.get(address) ?? null;
  }

  /** What a machine knows of names: see RealmMachine in node/realm.ts. */
  seenFrom(spec: MachineSpec) {
    return {
      resolve: (hostName: string) => this.resolve(hostName, spec.name),
      nameOf: (address: string) => this.nameOf(address),
      nameServers: (spec.nameServers ?? []).map((server) => this.resolve(server, '')[0] ?? server),
    };
  }
}
