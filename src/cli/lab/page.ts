// The cockpit on the reader's own computer: the built site on a port of 127.0.0.1, and the socket behind it. Refuses
// requests by another name than this computer's. Called by lab.ts.
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { siteAnswers } from '../../build/site-answers.ts';
import { UsageError } from '../command.ts';
import { strangeHost } from './door.ts';
import type { Followed } from './followed.ts';
import { serveSocket } from './socket.ts';

const HOST = '127.0.0.1';
const TOKEN_BYTES = 16;
/** Where to begin where no port is named, and how many to try. */
const PORT_FIRST = 4330;
const PORTS_TRIED = 100;

export interface LabPage {
  readonly port: number;
  readonly token: string;
  /** From now on pages can join the run. */
  join(run: Followed): void;
  close(): void;
}

/** `root` is the folder of the built site; `port` is the only one to try, where it is given. */
export async function openPage(root: string, port: number | undefined): Promise<LabPage> {
  const server = await listening(port);
  const own = (server.address() as AddressInfo).port;
  const answer = siteAnswers(root);
  server.on('request', (request, response) => {
    const refused = strangeHost(request, own);
    if (refused === null) answer(request, response);
    else response.writeHead(refused.status, { 'content-type': 'text/plain' }).end(refused.text);
  });
  const token = randomBytes(TOKEN_BYTES).toString('hex');
  let leave = (): void => {};
  return {
    port: own,
    token,
    join(run) {
      leave = serveSocket(server, run, { port: own, token });
    },
    close() {
      leave();
      server.close();
      server.closeAllConnections();
    },
  };
}

async function listening(port: number | undefined): Promise<Server> {
  const last = port ?? PORT_FIRST + PORTS_TRIED - 1;
  for (let each = port ?? PORT_FIRST; ; each++) {
    const server = createServer();
    server.listen(each, HOST);
    try {
      await once(server, 'listening');
      return server;
    } catch (error) {
      if (each === last) throw portTaken(each, error);
    }
  }
}

export function portTaken(port: number, error: unknown): UsageError {
  const { code, message } = error as NodeJS.ErrnoException;
  return new UsageError(
    `port ${port} of ${HOST} to be free`,
    code === 'EADDRINUSE' ? 'another program on it' : message,
    'end that program, or name another port with --port',
  );
}
