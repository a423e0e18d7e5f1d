import { createServer } from 'node:tls';
import { firstByte } from './first-byte.js';
import type { Socket } from 'node:net';
import type { TLSSocket } from 'node:tls';
import type { Credentials } from './authority.js';
import type { HostContexts } from './host-contexts.js';

/** What a TLS entrance tells its owner. */
export interface TlsListener {
  /** A connection that passed the handshake. `raw` is the TCP connection below it. */
  readonly secured: (socket: TLSSocket, raw: Socket) => void;
  /** A connection whose client does not speak TLS. Nothing was read of it. */
  readonly plain: (raw: Socket) => void;
  /** A handshake that failed, with the likely reason. */
  readonly failed: (reason: string) => void;
  /** A client asked for a certificate for a name that there is none for. */
  readonly unknownName: (name: string) => void;
}

/** An error of OpenSSL has a reason in a few words; its message has a line of OpenSSL's source. */
type TlsError = NodeJS.ErrnoException & { readonly reason?: string };

/** The first byte of a TLS record with a handshake message (RFC 8446 §5.1). */
const handshakeRecord = 0x16;

/**
 * Makes the function that takes a TCP connection, and finishes the TLS handshake on it.
 *
 * @param handshakeMs the longest time that a handshake may take, in milliseconds
 */
export function tlsEntrance(contexts: HostContexts, listener: TlsListener, handshakeMs: number): (raw: Socket) => void {
  /** What is done when the handshake of a connection ends, by the addresses of the connection. */
  const waiting = new Map<string, (socket: TLSSocket) => void>();
  const server = createServer({
    // HTTP/2 has no single connection for a request, which faults need: see docs/explanation/limits.md
    ALPNProtocols: ['http/1.1'],
    handshakeTimeout: handshakeMs,
    SNICallback(asked, done) {
      const name = asked.toLowerCase().replace(/\.$/, '');
      if (!contexts.knows(name)) listener.unknownName(name);
      contexts.contextFor(name).then((context) => {
        done(null, context);
      }, done);
    },
  });
  server.on('secureConnection', (socket) => {
    // none, if the client has reset: the socket has no address any more
    waiting.get(addressOf(socket))?.(socket);
  });
  server.on('tlsClientError', ({ code = '', message, reason = message }: TlsError, socket) => {
    socket.destroy();
    listener.failed(reasons.get(code) ?? reason);
  });

  let current: Credentials | undefined;
  const handshake = async (raw: Socket): Promise<void> => {
    const credentials = await contexts.withoutName();
    if (raw.destroyed) return;
    if (credentials !== current) server.setSecureContext(credentials);
    current = credentials;
    const key = addressOf(raw);
    waiting.set(key, (socket) => {
      listener.secured(socket, raw);
    });
    raw.once('close', () => waiting.delete(key));
    server.emit('connection', raw);
  };
  const fail = (raw: Socket, { message }: Error): void => {
    raw.destroy();
    listener.failed(message);
  };

  return (raw) => {
    // from here on: nothing else listens for errors between the first byte and the end of the handshake
    raw.on('error', () => undefined);
    // a FIN in the last packet of a handshake would stay unseen, and the connection open
    raw.allowHalfOpen = false;
    firstByte(raw, handshakeMs, (byte) => {
      if (byte !== handshakeRecord) {
        listener.plain(raw);
        return;
      }
      handshake(raw).catch((error: unknown) => {
        fail(raw, error as Error);
      });
    });
  };
}

/** Why a handshake failed, by the code of Node's error. */
const reasons: ReadonlyMap<string, string> = new Map(
  Object.entries({
    ECONNRESET:
      'the client closed the connection during the handshake, as clients do that do not trust the certificate',
    ERR_TLS_HANDSHAKE_TIMEOUT: 'the client did not finish the handshake in time',
    ERR_SSL_TLSV1_ALERT_UNKNOWN_CA: 'the client does not trust the certificate authority; GET /__admin/ca.pem has it',
    ERR_SSL_SSLV3_ALERT_CERTIFICATE_UNKNOWN:
      'the client does not accept the certificate: it may not trust the authority; GET /__admin/ca.pem has it',
    ERR_SSL_SSLV3_ALERT_BAD_CERTIFICATE:
      'the client does not accept the certificate: it may not trust the authority; GET /__admin/ca.pem has it',
    ERR_SSL_NO_APPLICATION_PROTOCOL: 'the client speaks HTTP/2 only; this server speaks HTTP/1.1',
    ERR_SSL_UNSUPPORTED_PROTOCOL: 'the client speaks only TLS versions before 1.2',
  }),
);

/** Both ends of a connection, which TLS and TCP sockets name alike. */
const addressOf = ({ remoteAddress, remotePort, localAddress, localPort }: Socket): string =>
  [remoteAddress, remotePort, localAddress, localPort].join(' ');
