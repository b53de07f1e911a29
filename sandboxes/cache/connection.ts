// One connection to the cache: bytes in, commands run in order, replies out. Many commands may come in one piece
// (pipelining); their replies leave in one piece, too. A client that does not read is not read from.
// What is no RESP gets the protocol's own error and the end of this connection; no other notices. Used by cache.ts.
import type { Socket } from 'node:net';
import type { Session } from './command.ts';
import { execute } from './commands.ts';
import { encode, error } from './reply.ts';
import { CommandReader, ProtocolError } from './resp.ts';
import type { Store } from './store.ts';

/** Replies are written when they have grown to this, however many commands have come. */
const WRITE_BYTES = 64 * 1024;

/** `id` tells this connection from others, for whoever asks with HELLO. */
export function serve(socket: Socket, store: Store, id: number): void {
  const session: Session = { id, protocol: 2, isOver: false };
  const reader = new CommandReader();
  socket.setNoDelay(true);
  socket.on('error', () => socket.destroy()); // The client is gone. So be it.
  socket.on('data', (piece: Buffer) => {
    if (session.isOver) return;
    reader.push(piece);
    work();
  });
  socket.on('drain', work);

  function work(): void {
    let replies = '';
    while (!session.isOver) {
      if (socket.writableNeedDrain) return void socket.pause();
      const reply = answerNext();
      if (reply === undefined) break;
      replies += reply;
      if (replies.length < WRITE_BYTES) continue;
      socket.write(replies, 'latin1');
      replies = '';
    }
    if (replies !== '') socket.write(replies, 'latin1');
    if (session.isOver) socket.end();
    else socket.resume();
  }

  /** The reply to the next command, '' where it has none; undefined while no whole command is there. */
  function answerNext(): string | undefined {
    try {
      const words = reader.next();
      if (words === undefined) return undefined;
      const reply = execute(words, store, session);
      return reply === undefined ? '' : encode(reply, session.protocol);
    } catch (problem) {
      if (!(problem instanceof ProtocolError)) throw problem;
      session.isOver = true;
      return encode(error(`ERR Protocol error: ${problem.message}`), session.protocol);
    }
  }
}
