// Whole flows of a test, several at a time, each on a connection of its own and in a world of its own. Reads the steps of a
// flow from stdin: `{ url, flows, connections, steps }`. A step is `{ method, path, headers, body }` with placeholders such
// as `{world}`; `takes` maps a placeholder of later steps to a pattern, whose group finds its value in the answer. Uses
// raw sockets, which take less time than a client library.
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const { url, flows, connections, steps } = JSON.parse(readFileSync(0, 'utf8'));
const { hostname, port, host } = new URL(url);
let begun = 0;

const filled = (text, values) => text.replaceAll(/\{(\w+)\}/g, (_whole, name) => values.get(name));

function requestOf({ method, path, headers = {}, body = '' }, values) {
  const text = filled(body, values);
  const lines = Object.entries({ host, ...headers, 'content-length': Buffer.byteLength(text) });
  return [
    `${method} ${filled(path, values)} HTTP/1.1`,
    ...lines.map(([name, value]) => `${name}: ${filled(String(value), values)}`),
    '',
    text,
  ].join('\r\n');
}

/** The first answer in a text; undefined until it is complete. */
function answerIn(text) {
  const end = text.indexOf('\r\n\r\n');
  if (end < 0) return undefined;
  const head = text.slice(0, end);
  const body = text.slice(end + 4);
  if (/\r\ntransfer-encoding: *chunked/i.test(head)) return body.endsWith('0\r\n\r\n') ? text : undefined;
  const length = Number(/\r\ncontent-length: *(\d+)/i.exec(head)?.[1] ?? 0);
  return body.length >= length ? text : undefined;
}

/** Sends a request on a socket, and waits for its answer. */
function exchange(socket, request) {
  return new Promise((resolve, reject) => {
    let received = '';
    const read = (text) => {
      received += text;
      if (answerIn(received) === undefined) return;
      socket.off('data', read).off('error', reject).off('close', ended);
      resolve(received);
    };
    const ended = () => reject(new Error(`the server closed the connection of ${request}`));
    socket.on('data', read).on('error', reject).on('close', ended);
    socket.write(request, 'latin1');
  });
}

async function oneFlow(socket, world) {
  const values = new Map([['world', world]]);
  for (const step of steps) {
    const answer = await exchange(socket, requestOf(step, values));
    if (!/^HTTP\/1\.1 [23]/.test(answer)) throw new Error(`${step.method} ${step.path}: ${answer}`);
    for (const [name, pattern] of Object.entries(step.takes ?? {}))
      values.set(name, new RegExp(pattern).exec(answer)[1]);
  }
}

async function oneConnection() {
  const socket = connect({ host: hostname, port, noDelay: true }).setEncoding('latin1');
  while (begun < flows) {
    begun += 1;
    await oneFlow(socket, `flow-${process.pid}-${begun}`);
  }
  socket.destroy();
}

await Promise.all(Array.from({ length: connections }, oneConnection));
process.stdout.write(`${JSON.stringify({ flows: begun })}\n`);
