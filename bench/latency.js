// Latency at a rate that is kept whatever the server does: a request that had to wait to be sent counts its wait as well, so
// that a pause is not hidden by the requests which it kept from being made.
import { readFileSync } from 'node:fs';
import { Agent, request } from 'node:http';

const { url, method, headers, body, perSecond, seconds } = JSON.parse(readFileSync(0, 'utf8'));
const agent = new Agent({ keepAlive: true, maxSockets: 50 });
const now = () => Number(process.hrtime.bigint()) / 1e3;

const latencies = [];
let failed = 0;
function send(dueAt) {
  return new Promise((resolve) => {
    const call = request(url, { agent, method, headers }, (answer) => {
      if (answer.statusCode !== 200) failed += 1;
      answer.resume().on('end', () => {
        latencies.push(now() - dueAt);
        resolve();
      });
    });
    call.on('error', () => { failed += 1; resolve(); });
    call.end(body);
  });
}

const total = perSecond * seconds;
const begun = now() + 1000;
const under = [];
for (let sent = 0; sent < total;) {
  const due = Math.min(total, Math.floor(((now() - begun) * perSecond) / 1e6));
  for (; sent < due; sent += 1) under.push(send(begun + (sent * 1e6) / perSecond));
  await new Promise((resolve) => setImmediate(resolve));
}
await Promise.all(under);
agent.destroy();

// the first tenth warms up
const counted = latencies.slice(Math.floor(latencies.length / 10)).sort((a, b) => a - b);
const at = (share) => Math.round(counted[Math.floor((counted.length - 1) * share)]);
process.stdout.write(`${JSON.stringify({ answers: counted.length, failed, p50: at(0.5), p90: at(0.9), p99: at(0.99), max: at(1) })}\n`);
