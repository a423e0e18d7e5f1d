/** What Node's parser says of a request that it refuses. */
export interface ParseError extends NodeJS.ErrnoException {
  /** The bytes at which the parser stopped. */
  readonly rawPacket?: unknown;
}

/** Whether the bytes are the beginning of a TLS handshake (RFC 8446 §5.1). */
export const isTls = (packet: unknown): boolean => Buffer.isBuffer(packet) && packet[0] === 0x16 && packet[1] === 3;

/** Why Node could not parse a request, as far as its bytes tell. The text quotes none of them: they may be a secret. */
export function likelyReason({ code = '', message, rawPacket }: ParseError): string {
  if (isTls(rawPacket)) {
    return 'the client speaks TLS; this port takes plain HTTP, so the URL has to begin with http://';
  }
  if (code === 'HPE_PAUSED_H2_UPGRADE') return 'the client speaks HTTP/2 at once; this port takes HTTP/1.1';
  if (code === 'HPE_INVALID_URL' && hasRawBytes(rawPacket)) {
    return 'the URL has characters outside ASCII; they have to be percent-encoded (RFC 3986 §2.1)';
  }
  return reasons.get(code) ?? message;
}

const reasons: ReadonlyMap<string, string> = new Map(
  Object.entries({
    HPE_INVALID_EOF_STATE:
      'the client ended its side of the connection before the request was complete; a Content-Length larger than the ' +
      'body is a common cause',
    HPE_INVALID_URL: 'the URL has a character that has to be percent-encoded (RFC 3986 §2.1)',
    HPE_INVALID_CONSTANT: 'the URL has a space, or the request line does not end with HTTP/1.1',
    HPE_INVALID_HEADER_TOKEN: 'a header has a character that is not allowed there (RFC 9110 §5.5)',
  }),
);

/** Whether the first line has bytes outside ASCII, and was not read again: see `readWithEncodedUrl`. */
const hasRawBytes = (packet: unknown): boolean =>
  Buffer.isBuffer(packet) && /^[^\n]*[\x80-\xff]/.test(packet.toString('latin1'));
