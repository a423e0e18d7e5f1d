// Load for one round, in a separate process with its own core. Reads a job from stdin and writes the result as one line of
// JSON. The measured time begins with the first request and ends with the last answer.
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
      // A code is valid once, so each request has its own body.
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
process.stdout.write(
  `${JSON.stringify({ answers, seconds: Number(last - first) / 1e9, failed: non2xx + errors + timeouts })}\n`,
);
