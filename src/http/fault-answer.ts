import { Readable } from 'node:stream';
import type { OutgoingHttpHeaders } from 'node:http';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Answer, Departure, Exchange } from '../faults/fault.js';
import type { Staged } from './faults.js';

/** Plays what comes after the effect. Where nothing leaves any more, the line is closed or its client is gone. */
export async function spoilAnswer(request: FastifyRequest, reply: FastifyReply, staged: Staged, payload: unknown): Promise<{ leaves: boolean; body?: unknown }> {
  const departure = await departureOf(reply, staged, payload);
  if (staged.gone.aborted) return { leaves: false };
  if (departure.do === 'reset') {
    request.raw.socket.resetAndDestroy();
    return { leaves: false };
  }
  staged.departure = departure;
  wear(reply, departure.answer);
  // a body that nobody touched goes on as it was, and be it none
  return { leaves: true, body: departure.answer.body === textOf(payload) ? payload : departure.answer.body };
}

async function departureOf(reply: FastifyReply, { instead, strike, exchange }: Staged, payload: unknown): Promise<Departure> {
  if (instead !== undefined) return { do: 'send', answer: instead };
  const answer: Answer = { status: reply.statusCode, headers: reply.getHeaders() as Answer['headers'], body: textOf(payload) };
  return strike.behaviour.after?.(answer, exchange) ?? { do: 'send', answer };
}

const textOf = (payload: unknown): string => (typeof payload === 'string' ? payload : '');

/** Gives a reply the status and the headers of an answer, and no others. */
function wear(reply: FastifyReply, { status, headers }: Answer): void {
  const before = reply.getHeaders();
  for (const name of Object.keys(before)) if (before[name] !== headers[name]) reply.removeHeader(name);
  for (const [name, value] of Object.entries(headers)) if (before[name] !== value) void reply.header(name, value);
  void reply.code(status);
}

/** Lets an answer out as its fault wants it. Last of the hooks: what it does can no longer be seen by others. */
export function faultsDeparture(app: FastifyInstance): void {
  app.addHook('onSend', (request, reply, payload, done) => {
    const { staged } = request;
    switch (staged?.departure?.do) {
      case 'send-and-close':
        sendAndClose(request, reply, textOf(payload));
        return;
      case 'drip':
        done(null, Readable.from(drops(textOf(payload), staged.departure.everyMs, staged.exchange)));
        return;
      default:
        done(null, payload);
    }
  });
}

/** Sends a body that is shorter than its Content-Length, and closes the line, as a server does that dies. */
function sendAndClose(request: FastifyRequest, reply: FastifyReply, body: string): void {
  const { raw } = reply;
  raw.writeHead(reply.statusCode, reply.getHeaders() as OutgoingHttpHeaders);
  raw.flushHeaders();
  raw.write(body);
  request.raw.socket.destroySoon();
}

async function* drops(text: string, everyMs: number, { wait }: Exchange): AsyncGenerator<Buffer> {
  for (const byte of Buffer.from(text)) {
    await wait(everyMs);
    yield Buffer.of(byte);
  }
}
