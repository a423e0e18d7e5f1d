import { awaitsAnswer } from './earlier-answers.js';
import type { Server } from 'node:http';
import type { Socket } from 'node:net';
import type { ParseError } from './likely-reason.js';

/** Sockets whose request under way had bytes outside ASCII in its URL. */
const encodedHere = new WeakSet<Socket>();

/** Whether the URL of the request that now begins on this socket was percent-encoded here. It is asked once. */
export const wasEncodedHere = (socket: Socket): boolean => encodedHere.delete(socket);

/**
 * Percent-encodes bytes outside ASCII in the URL of a request and gives the connection to the server again. Node's
 * parser refuses such a URL, other servers take it: the policy `rawBytesInUrl` decides then. Returns false if the
 * request was refused for another reason.
 */
export function readWithEncodedUrl(server: Server, { code, rawPacket }: ParseError, socket: Socket): boolean {
  // a second parser would not know of the answers that the first one owes
  if (code !== 'HPE_INVALID_URL' || !Buffer.isBuffer(rawPacket) || awaitsAnswer(socket)) return false;
  const end = rawPacket.indexOf('\n');
  const line = rawPacket.subarray(0, end);
  // the packet has to begin with this request: the answers to others in it may still be under way
  if (end < 0 || !beginsRequest.test(line.toString('latin1'))) return false;

  // a listener for data takes the socket from the parser that failed, which reads its handle directly
  socket.on('data', () => undefined);
  for (const event of ['data', 'end', 'drain', 'error', 'timeout']) socket.removeAllListeners(event);
  encodedHere.add(socket);
  server.emit('connection', socket);
  socket.unshift(Buffer.concat([encoded(line), rawPacket.subarray(end)]));
  return true;
}

/** A request line with bytes outside ASCII in its URL. */
const beginsRequest = /^[A-Z]+ [\x21-\xff]*[\x80-\xff]/;

/** The line with each byte outside ASCII as `%XX` (RFC 3986 §2.1). */
function encoded(line: Buffer): Buffer {
  const text = line.toString('latin1');
  return Buffer.from(
    text.replace(/[\x80-\xff]/g, (byte) => `%${byte.charCodeAt(0).toString(16).toUpperCase()}`),
    'latin1',
  );
}
