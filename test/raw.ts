import { connect } from 'node:net';

/** An answer as received. */
export interface RawAnswer {
  readonly status: number;
  /** Names are in lower case. Of a repeated header, the last value. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** All bytes as Latin-1 text. */
  readonly text: string;
}

/** Sends raw bytes and reads until the server closes the connection. The bytes should contain `Connection: close`. */
export function sendRaw(url: string, bytes: string | Buffer): Promise<string> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const socket = connect({ host: hostname, port: Number(port) }, () => {
      socket.write(bytes);
    });
    socket.on('data', (chunk) => chunks.push(chunk));
    socket.on('error', reject);
    socket.on('close', () => {
      resolve(Buffer.concat(chunks).toString('latin1'));
    });
  });
}

/** Sends one request and parses the answer. `Host`, `Connection: close` and `Content-Length` are added. */
export async function request(
  url: string,
  line: string,
  headers: readonly string[] = [],
  body: string | Buffer = '',
): Promise<RawAnswer> {
  const host = headers.some((header) => /^host:/i.test(header)) ? [] : [`Host: ${new URL(url).host}`];
  const length =
    Buffer.byteLength(body) === 0 || headers.some((header) => /^(content-length|transfer-encoding):/i.test(header))
      ? []
      : [`Content-Length: ${Buffer.byteLength(body)}`];
  const head = [`${line} HTTP/1.1`, ...host, 'Connection: close', ...length, ...headers, '', ''].join('\r\n');
  return parse(await sendRaw(url, Buffer.concat([Buffer.from(head, 'latin1'), Buffer.from(body)])));
}

function parse(text: string): RawAnswer {
  const end = text.indexOf('\r\n\r\n');
  const [statusLine = '', ...lines] = text.slice(0, end).split('\r\n');
  const headers = Object.fromEntries(
    lines.map((line) => [line.slice(0, line.indexOf(':')).toLowerCase(), line.slice(line.indexOf(':') + 1).trim()]),
  );
  const body = text.slice(end + 4);
  return {
    status: Number(statusLine.split(' ')[1]),
    headers,
    body: headers['transfer-encoding'] === 'chunked' ? unchunked(body) : body,
    text,
  };
}

function unchunked(body: string): string {
  let text = '';
  for (let at = 0; ;) {
    const line = body.indexOf('\r\n', at);
    const size = parseInt(body.slice(at, line), 16);
    if (!(size > 0)) return text;
    text += body.slice(line + 2, line + 2 + size);
    at = line + 2 + size + 2;
  }
}
