// Where an address of a zone is reached. In the data center at that very address; on one computer, where all programs
// share 127.0.0.1, at a port of its own. REACH says it: `10.0.0.3=127.0.0.1:5301`, one after another.
// Refuses pairs that it cannot read. Used by resolver.ts and clients.ts.
import { lookup } from 'node:dns/promises';
import type { Server } from './ask.ts';

/** Gives what leads from the address in a record to where its server listens; strangers are left as they are. */
export async function reachable(text: string): Promise<(server: Server) => Server> {
  const places = new Map<string, Server>();
  for (const pair of text.split(' ').filter((each) => each !== '')) {
    const [, address, host, port] = /^([\d.]+)=([^:]+):(\d+)$/.exec(pair) ?? [];
    if (address === undefined || host === undefined)
      throw new Error(`REACH: expected address=host:port, found '${pair}': correct REACH`);
    places.set(address, { address: (await lookup(host, 4)).address, port: Number(port) });
  }
  return (server) => places.get(server.address) ?? server;
}
