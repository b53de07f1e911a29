// The door of a DNS server: messages in, answers out, over UDP and over TCP on one port.
// Answers each kind of nonsense as RFC 1035 says (FORMERR, NOTIMP) and drops what must not be answered: answers.
// Knows no zone and no cache. Used by authority.ts and resolver.ts. No limit of answers per asker.
import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { createServer, type Socket } from 'node:net';
import { type Code, type Message, type Question, query, readMessage } from './message.ts';
import { FormatError } from './names.ts';
import { writeWithin } from './write.ts';

/** What a server says to one question. The door does the rest of the message. */
export type Reply = Pick<Message, 'code' | 'isAuthoritative' | 'answer' | 'authority' | 'additional'>;
export type Answerer = (question: Question, asked: Message) => Reply | Promise<Reply>;

/** The largest answer over UDP without EDNS, and with it (what fits into a packet nearly everywhere). */
const UDP_MAX = 512;
const EDNS_MAX = 1232;
const TCP_MAX = 65_535;
const TCP_IDLE_MS = 10_000;
const CONNECTIONS_MAX = 100;

/** An answer without records. */
export function bare(code: Code): Reply {
  return { code, isAuthoritative: false, answer: [], authority: [], additional: [] };
}

/** The answer to some bytes; undefined for what gets none. `limit` is the most that the way back can carry. */
export async function respond(
  bytes: Buffer,
  isTcp: boolean,
  canRecurse: boolean,
  answer: Answerer,
): Promise<Buffer | undefined> {
  const [high = 0x80] = bytes.subarray(2);
  // An answer to an answer would be answered for ever. And without an id there is nothing to answer to.
  if (bytes.length < 12 || (high & 0x80) !== 0) return undefined;
  const opcode = (high >> 3) & 15;
  const refusal = { ...query(bytes.readUInt16BE(0), '.', 'A'), isResponse: true, opcode, questions: [] };
  if (opcode !== 0) return writeWithin({ ...refusal, code: 'NOTIMP' }, UDP_MAX);
  let asked: Message;
  try {
    asked = readMessage(bytes);
  } catch (error) {
    if (!(error instanceof FormatError)) throw error;
    return writeWithin({ ...refusal, code: 'FORMERR' }, UDP_MAX);
  }
  const [question] = asked.questions;
  const edns = asked.edns && { payload: EDNS_MAX, version: 0 };
  const head = { ...asked, isResponse: true, isTruncated: false, canRecurse, ...(edns && { edns }) };
  const limit = isTcp ? TCP_MAX : Math.max(UDP_MAX, Math.min(asked.edns?.payload ?? 0, EDNS_MAX));
  if (question === undefined || asked.questions.length > 1)
    return writeWithin({ ...refusal, code: 'FORMERR' }, UDP_MAX);
  if ((asked.edns?.version ?? 0) > 0) return writeWithin({ ...head, ...bare('BADVERS') }, limit);
  try {
    return writeWithin({ ...head, ...(await answer(question, asked)) }, limit);
  } catch (error) {
    console.error(error); // Our mistake costs one question, not the server.
    return writeWithin({ ...head, ...bare('SERVFAIL') }, limit);
  }
}

/** Opens UDP and TCP on `port`, or on one that the system chooses for 0. Gives the port. */
export async function open(port: number, canRecurse: boolean, answer: Answerer): Promise<number> {
  const stream = createServer((socket) =>
    converse(socket, (bytes) => respond(bytes, true, canRecurse, answer)),
  );
  stream.maxConnections = CONNECTIONS_MAX;
  stream.listen(port);
  await once(stream, 'listening');
  const address = stream.address();
  const chosen = typeof address === 'object' && address !== null ? address.port : port;
  const datagrams = createSocket('udp4');
  datagrams.on('error', (error) => console.error(`UDP: ${error.message}`));
  datagrams.on('message', async (bytes, from) => {
    const back = await respond(bytes, false, canRecurse, answer);
    if (back !== undefined) datagrams.send(back, from.port, from.address, () => {});
  });
  datagrams.bind(chosen);
  await once(datagrams, 'listening');
  return chosen;
}

/** Over TCP each message has its length before it, and a connection may carry many, one after another (RFC 7766). */
async function converse(
  socket: Socket,
  reply: (bytes: Buffer) => Promise<Buffer | undefined>,
): Promise<void> {
  socket.setTimeout(TCP_IDLE_MS, () => socket.destroy());
  try {
    let held: Buffer = Buffer.alloc(0);
    for await (const chunk of socket as AsyncIterable<Buffer>) {
      held = Buffer.concat([held, chunk]);
      while (held.length >= 2 && held.length >= 2 + held.readUInt16BE(0)) {
        const end = 2 + held.readUInt16BE(0);
        const back = await reply(held.subarray(2, end));
        held = held.subarray(end);
        if (back === undefined) return void socket.destroy();
        socket.write(framed(back));
      }
    }
    socket.end();
  } catch {
    socket.destroy(); // Reset, or gone.
  }
}

/** With its length before it. */
export function framed(message: Buffer): Buffer {
  const length = Buffer.alloc(2);
  length.writeUInt16BE(message.length);
  return Buffer.concat([length, message]);
}
