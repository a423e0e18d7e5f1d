import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** How many requests may wait on one connection for the answers before theirs. */
export const pipelineLimit = 100;

interface Line {
  waiting: number;
  /** The newest request that has a body: no other can still be under way to here. */
  sending: { readonly raw: FastifyRequest['raw']; readonly cut: () => void } | undefined;
  readonly ended: Set<() => void>;
}

const lines = new WeakMap<Socket, Line>();

function lineOf(socket: Socket): Line {
  const known = lines.get(socket);
  if (known !== undefined) return known;
  const line: Line = { waiting: 0, sending: undefined, ended: new Set() };
  lines.set(socket, line);
  socket.once('close', () => {
    if (line.sending?.raw.complete === false) line.sending.cut();
    for (const ended of line.ended) ended();
    line.ended.clear();
  });
  return line;
}

/**
 * Calls back when a connection ends. Node tells that only the answer whose turn it is, and clients may send further requests
 * before (RFC 9112 §9.3.2). Returns what takes that back.
 */
export function whenLineEnds({ raw: { socket } }: FastifyRequest, ended: () => void): () => void {
  const line = lineOf(socket);
  line.ended.add(ended);
  return () => line.ended.delete(ended);
}

/** Calls back when a connection ends before all of this request's body has come. */
export function whenCut({ raw }: FastifyRequest, cut: () => void): void {
  lineOf(raw.socket).sending = { raw, cut };
}

/** Lets a request onto its connection; closes one on which too many wait, since nothing else would bound them. */
export function enterLine({ raw: { socket } }: FastifyRequest, { raw }: FastifyReply): boolean {
  // it is this request's turn, as it is of nearly all
  if (raw.socket !== null) return true;
  const line = lineOf(socket);
  if (line.waiting >= pipelineLimit) {
    socket.destroy();
    return false;
  }
  line.waiting += 1;
  raw.once('finish', () => {
    line.waiting -= 1;
  });
  return true;
}

/** Whether a client can still be answered: it may have gone while it sent, or have been told that it cannot be understood. */
export const isOpen = ({ raw: { socket } }: FastifyRequest): boolean => !socket.writableEnded && !socket.destroyed;
