import { connect } from 'node:net';

/** An answer to raw bytes. */
export interface Answer {
  readonly status: number;
  readonly location: string | undefined;
  readonly json: unknown;
  readonly text: string;
}

/** Writes bytes and reads one answer. The connection may stay open, as with keep-alive. */
export function exchange(url: string, bytes: string): Promise<Answer> {
  const { hostname, port } = new URL(url);
  return new Promise((resolve, reject) => {
    let received = '';
    const socket = connect({ host: hostname, port: Number(port) }, () => {
      socket.write(bytes, 'latin1');
    });
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
