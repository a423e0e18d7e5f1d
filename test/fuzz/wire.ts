import { createServer } from 'node:http';
import { connect } from 'node:net';
import { Duplex } from 'node:stream';
import type { IncomingMessage, ServerResponse } from 'node:http';

/** The result of an HTTP parser for some bytes. */
export interface Reading {
  readonly requests: readonly { readonly method: string; readonly url: string }[];
  /** Number of requests with a complete body. */
  readonly ended: number;
  /** Whether the bytes are complete requests and nothing else. Each then needs an answer. */
  readonly whole: boolean;
}

interface ParserSocket extends Duplex {
  reading?: { requests: { method: string; url: string }[]; ended: number; failed: boolean };
}

const oracle = createServer({ requireHostHeader: false }, take)
  .on('checkExpectation', take)
  .on('clientError', (_error, socket) => {
    const { reading } = socket as ParserSocket;
    if (reading !== undefined) reading.failed = true;
    socket.destroy();
  });

function take(request: IncomingMessage, response: ServerResponse): void {
  const { reading } = request.socket as unknown as ParserSocket;
  reading?.requests.push({ method: request.method!, url: request.url! });
  request.resume().on('end', () => {
    if (reading !== undefined) reading.ended += 1;
    response.end();
  });
}

/** Parses bytes with Node's HTTP parser, as the server does, without a connection. */
export function read(bytes: Buffer): Promise<Reading> {
  return new Promise((resolve) => {
    const reading = { requests: [] as Reading['requests'][number][], ended: 0, failed: false };
    const socket: ParserSocket = new Duplex({
      read() {},
      write(_chunk, _encoding, done) {
        done();
      },
    });
    socket.reading = reading;
    socket
      .on('error', () => undefined)
      .on('close', () => {
        const { requests, ended, failed } = reading;
        resolve({ requests, ended, whole: !failed && ended > 0 && ended === requests.length });
      });
    oracle.emit('connection', socket);
    socket.push(bytes);
    socket.push(null);
  });
}

/** An answer as received. */
export interface Answer {
  readonly status: number;
  /** Names in lower case; the values of a repeated header are joined. */
  readonly headers: Readonly<Record<string, string>>;
  readonly head: string;
  readonly body: string;
}

/** The result of sending some bytes. */
export interface Outcome {
  readonly answers: readonly Answer[];
  /** Received bytes that are not an answer. */
  readonly rest: string;
  readonly hung: boolean;
  readonly ms: number;
}

/** Real time after which the server counts as hanging. */
const hangMs = 20_000;
/** Real time after which a call that waits on purpose is abandoned. */
const listenMs = 30;

/** Sends bytes on a new connection, and reads until the server closes it. */
export function send(port: number, bytes: Buffer, reading: Reading, mayWait: boolean): Promise<Outcome> {
  const began = performance.now();
  return new Promise((resolve) => {
    const chunks: Buffer[] = [];
    let hung = false;
    const socket = connect({ host: '127.0.0.1', port, allowHalfOpen: true });
    const timeout = setTimeout(
      () => {
        hung = !mayWait;
        socket.destroy();
      },
      mayWait ? listenMs : hangMs,
    );
    const parsed = (): Pick<Outcome, 'answers' | 'rest'> =>
      parse(
        Buffer.concat(chunks).toString('latin1'),
        reading.requests.map(({ method }) => method),
      );
    socket.write(bytes);
    // Half-closes after the last answer, or at once if no request is complete, so that the server stops waiting.
    if (reading.ended === 0) socket.end();
    socket.on('data', (chunk) => {
      chunks.push(chunk);
      if (socket.writable && parsed().answers.length >= reading.ended) socket.end();
    });
    socket.on('end', () => socket.end());
    // A reset counts as closed.
    socket.on('error', () => undefined);
    socket.on('close', () => {
      clearTimeout(timeout);
      resolve({ ...parsed(), hung, ms: performance.now() - began });
    });
  });
}

/** Splits received text into the answers to requests with these methods. */
export function parse(text: string, methods: readonly string[]): Pick<Outcome, 'answers' | 'rest'> {
  const answers: Answer[] = [];
  let at = 0;
  while (at < text.length) {
    const found = one(text, at, methods[answers.length] === 'HEAD');
    if (found === undefined) break;
    at = found.end;
    if (found.answer.status >= 200) answers.push(found.answer);
  }
  return { answers, rest: text.slice(at) };
}

function one(text: string, from: number, isHead: boolean): { answer: Answer; end: number } | undefined {
  const end = text.indexOf('\r\n\r\n', from);
  const head = text.slice(from, end);
  const [, code] = /^HTTP\/1\.1 (\d{3}) [^\r\n]*(?:\r\n|$)/.exec(head) ?? [];
  if (end < 0 || code === undefined) return undefined;
  const headers: Record<string, string> = {};
  for (const line of head.split('\r\n').slice(1)) {
    const colon = line.indexOf(':');
    const name = line.slice(0, colon).toLowerCase();
    headers[name] = [headers[name], line.slice(colon + 1).trim()].filter((each) => each !== undefined).join(', ');
  }
  const status = Number(code);
  const bodiless = isHead || status < 200 || status === 204 || status === 304;
  const body = bodiless ? { text: '', end: end + 4 } : bodyAt(text, end + 4, headers);
  return body === undefined ? undefined : { answer: { status, headers, head, body: body.text }, end: body.end };
}

function bodyAt(
  text: string,
  from: number,
  headers: Readonly<Record<string, string>>,
): { text: string; end: number } | undefined {
  if (headers['transfer-encoding'] === 'chunked') return unchunked(text, from);
  const length = headers['content-length'] === undefined ? text.length - from : Number(headers['content-length']);
  return text.length - from < length ? undefined : { text: text.slice(from, from + length), end: from + length };
}

function unchunked(text: string, from: number): { text: string; end: number } | undefined {
  let body = '';
  for (let at = from; ;) {
    const line = text.indexOf('\r\n', at);
    const size = parseInt(text.slice(at, line), 16);
    if (line < 0 || !Number.isInteger(size) || text.length < line + 2 + size + 2) return undefined;
    if (size === 0) return { text: body, end: line + 4 };
    body += text.slice(line + 2, line + 2 + size);
    at = line + 2 + size + 2;
  }
}
