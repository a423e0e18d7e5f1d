// Latency at a constant rate. A request that is sent late counts from the time at which it was due, so that a pause of the
// server is not hidden (coordinated omission). Uses raw sockets: a client library takes longer for a request than the
// servers, and its pauses would be measured as theirs.
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';

const { url, method, headers, body, perSecond, seconds } = JSON.parse(readFileSync(0, 'utf8'));
const { hostname, port, pathname, host } = new URL(url);
const lines = Object.entries({
  host,
  ...headers,
  ...(body === undefined ? {} : { 'content-length': Buffer.byteLength(body) }),
});
const bytes = Buffer.from(
  [`${method} ${pathname} HTTP/1.1`, ...lines.map(([name, value]) => `${name}: ${value}`), '', body ?? ''].join('\r\n'),
);
const connections = 50;
const now = () => Number(process.hrtime.bigint()) / 1e3;

const total = Math.round(perSecond * seconds);
const latencies = new Float64Array(total);
let answered = 0;
let failed = 0;
const idle = [];

/** One connection with at most one request in progress. */
class Connection {
  #dueAt = 0;
  #received = '';

  constructor() {
    this.socket = connect({ host: hostname, port, noDelay: true }, () => idle.push(this));
    this.socket.setEncoding('latin1').on('data', (text) => {
      this.#read(text);
    });
    this.socket.on('error', (error) => {
      throw error;
    });
  }

  send(dueAt) {
    this.#dueAt = dueAt;
    this.socket.write(bytes);
  }

  #read(text) {
    this.#received += text;
    const end = this.#received.indexOf('\r\n\r\n');
    if (end < 0) return;
    const length = Number(/\r\ncontent-length: *(\d+)/i.exec(this.#received)[1]);
    if (this.#received.length < end + 4 + length) return;
    latencies[answered] = now() - this.#dueAt;
    answered += 1;
    if (!this.#received.startsWith('HTTP/1.1 200')) failed += 1;
    this.#received = '';
    idle.push(this);
  }
}

const all = Array.from({ length: connections }, () => new Connection());
const turn = () =>
  new Promise((resolve) => {
    setImmediate(resolve);
  });
while (idle.length < connections) await turn();

const begun = now();
for (let sent = 0; answered < total;) {
  const due = Math.min(total, Math.floor(((now() - begun) * perSecond) / 1e6));
  for (; sent < due && idle.length > 0; sent += 1) idle.pop().send(begun + (sent * 1e6) / perSecond);
  await turn();
}
for (const { socket } of all) socket.destroy();

const sorted = latencies.sort();
const at = (share) => Math.round(sorted[Math.floor((sorted.length - 1) * share)]);
process.stdout.write(
  `${JSON.stringify({ answers: total, failed, p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) })}\n`,
);
