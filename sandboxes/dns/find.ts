// From a name to addresses, as programs do it: they ask the system, and the system asks the name server it was told of.
// Where this computer's own name server is another one (on your own machine), asks NAME_SERVER itself.
// Rejects with the code that Node gives: ENOTFOUND, EAI_AGAIN, … Used by clients.ts. Remembers nothing.
import { promises as dns, getServers } from 'node:dns';
import type { Server } from './ask.ts';

export type Find = (name: string) => Promise<string[]>;

/** Where a text `host:port` leads. */
export async function serverAt(text: string): Promise<Server> {
  const [host = '', port = '53'] = text.split(':');
  return { address: (await dns.lookup(host, 4)).address, port: Number(port) };
}

export function finder({ address, port }: Server): Find {
  if (port === 53 && getServers()[0] === address)
    return async (name) => (await dns.lookup(name, { family: 4, all: true })).map((found) => found.address);
  const resolver = new dns.Resolver();
  resolver.setServers([`${address}:${port}`]);
  return (name) => resolver.resolve4(name);
}
