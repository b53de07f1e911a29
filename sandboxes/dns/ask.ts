// One question to one DNS server: over UDP, and over TCP where the answer says that it was cut.
// Believes only the server that was asked, with the number and the question that were asked (RFC 5452): each question
// has a number and a port drawn by chance, so that a stranger must guess both. Used by recurse.ts and questions.ts.
import { createSocket } from 'node:dgram';
import { connect } from 'node:net';
import { framed } from './door.ts';
import { type Message, type Question, query, readMessage } from './message.ts';
import { keyOf } from './names.ts';
import { writeMessage } from './write.ts';

export interface Server {
  readonly address: string;
  readonly port: number;
}

/** Rejects where no answer comes in time, or the server cannot be reached. */
export type Asker = (question: Question, server: Server) => Promise<Message>;

const PAYLOAD = 1232;

/** A server that fails, refuses or does not understand has said nothing about the name. */
export function usable({ code }: Message): boolean {
  return code === 'NOERROR' || code === 'NXDOMAIN';
}

/** `waitMs` for each of the two ways. */
export function asker(waitMs: number, wantsRecursion: boolean): Asker {
  return async ({ name, type }, server) => {
    const id = Math.floor(Math.random() * 65_536);
    const asked: Message = {
      ...query(id, name, type),
      wantsRecursion,
      edns: { payload: PAYLOAD, version: 0 },
    };
    const response = await overUdp(asked, server, waitMs);
    return response.isTruncated ? overTcp(asked, server, waitMs) : response;
  };
}

/** The message if it answers this very question; undefined for anything else, which may be somebody's forgery. */
function answerTo(asked: Message, bytes: Buffer): Message | undefined {
  try {
    const response = readMessage(bytes);
    const [mine, theirs] = [asked.questions[0], response.questions[0]];
    const isMine = response.isResponse && response.id === asked.id && mine !== undefined;
    // Some servers that do not understand a question leave it out.
    const isSame =
      theirs === undefined ? response.code !== 'NOERROR' : keyOf(theirs.name) === keyOf(mine?.name ?? '');
    return isMine && isSame && (theirs === undefined || theirs.type === mine.type) ? response : undefined;
  } catch {
    return undefined;
  }
}

function overUdp(asked: Message, { address, port }: Server, waitMs: number): Promise<Message> {
  return new Promise((resolve, reject) => {
    const socket = createSocket('udp4');
    const end = (settle: () => void) => {
      clearTimeout(limit);
      socket.close();
      settle();
    };
    const limit = setTimeout(() => end(() => reject(new Error(`${address} is silent`))), waitMs);
    socket.on('error', (error) => end(() => reject(error)));
    socket.on('message', (bytes, from) => {
      const response = from.address === address && from.port === port ? answerTo(asked, bytes) : undefined;
      if (response !== undefined) end(() => resolve(response));
    });
    socket.send(writeMessage(asked), port, address);
  });
}

function overTcp(asked: Message, { address, port }: Server, waitMs: number): Promise<Message> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, address);
    const end = (settle: () => void) => {
      clearTimeout(limit);
      socket.destroy();
      settle();
    };
    const limit = setTimeout(() => end(() => reject(new Error(`${address} is silent`))), waitMs);
    const gone = () => end(() => reject(new Error(`${address} broke off`)));
    let held = Buffer.alloc(0);
    socket.on('error', gone);
    socket.on('close', gone);
    socket.on('data', (chunk: Buffer) => {
      held = Buffer.concat([held, chunk]);
      if (held.length < 2 || held.length < 2 + held.readUInt16BE(0)) return;
      const response = answerTo(asked, held.subarray(2, 2 + held.readUInt16BE(0)));
      if (response === undefined) gone();
      else end(() => resolve(response));
    });
    socket.write(framed(writeMessage(asked)));
  });
}
