// Load for one round, in a process of its own so that it can have a core of its own. It reads a job from standard input, and
// writes what it saw as one line of JSON. What is counted begins with the first request and ends with the last answer.
import { readFileSync } from 'node:fs';
import autocannon from 'autocannon';

const job = JSON.parse(readFileSync(0, 'utf8'));
const { url, method, headers, items, connections, requests } = job;

let next = 0;
const first = process.hrtime.bigint();
let last = first;
const load = autocannon({
  url,
  connections,
  amount: requests,
  requests: [
    {
      method,
      headers,
      // a code can be spent once, so each request has a body of its own
      ...(items.length === 1
        ? items[0]
        : { setupRequest: (request) => ({ ...request, ...items[next++ % items.length] }) }),
    },
  ],
});
let answers = 0;
load.on('response', () => {
  answers += 1;
  last = process.hrtime.bigint();
});
const { non2xx, errors, timeouts } = await load;
const { user, system } = process.cpuUsage();
process.stdout.write(
  `${JSON.stringify({ answers, seconds: Number(last - first) / 1e9, failed: non2xx + errors + timeouts, cpuSeconds: (user + system) / 1e6 })}\n`,
);
