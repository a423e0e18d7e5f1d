import { once } from 'node:events';
import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Socket } from 'node:net';

/** An answer to raw bytes. */
export interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  readonly json: unknown;
  readonly text: string;
}

/** Opens a connection to the server of a provider. */
export type Open = () => Promise<Socket>;

/** Opens connections to the port of HTTP. */
export function directly(url: string): Open {
  const { hostname, port } = new URL(url);
  return async () => {
    const socket = connect({ host: hostname, port: Number(port) });
    await once(socket, 'connect');
    return socket;
  };
}

/** Opens TLS connections through a forward proxy. */
export function byTunnel(proxyUrl: string, host: string, ca: string): Open {
  const open = directly(proxyUrl);
  return async () => {
    const socket = await open();
    socket.write(`CONNECT ${host}:443 HTTP/1.1\r\nHost: ${host}:443\r\n\r\n`);
    const [answer] = (await once(socket, 'data')) as [Buffer];
    if (!answer.toString().startsWith('HTTP/1.1 200 ')) throw new Error(answer.toString());
    const secured = connectTls({ socket, servername: host, ca });
    await once(secured, 'secureConnect');
    return secured;
  };
}

/** Writes bytes and reads one answer. The connection may stay open, as with keep-alive. */
export async function exchange(open: Open, bytes: string): Promise<Answer> {
  const socket = await open();
  return new Promise((resolve, reject) => {
    let received = '';
    socket.write(bytes, 'latin1');
    socket.setEncoding('latin1').on('data', (text: string) => {
      received += text;
      const answer = complete(received);
      if (answer === undefined) return;
      socket.destroy();
      resolve(answer);
    });
    socket.on('error', reject);
    socket.on('close', () => {
      reject(new Error(`the connection was closed after: ${received}`));
    });
  });
}

/** The answer, if all of it has arrived. It must state its length. */
function complete(text: string): Answer | undefined {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = text.slice(0, end);
  const length = Number(/^content-length: (\d+)/im.exec(head)?.[1] ?? 0);
  const body = text.slice(end + 4);
  if (body.length < length) return undefined;
  const isJson = /^content-type: application\/json/im.test(head);
  return {
    status: Number(head.split(' ')[1]),
    location: /^location: (.*)$/im.exec(head)?.[1]?.trim(),
    json: isJson ? JSON.parse(body) : undefined,
    text: body,
  };
}
