/**
 * Cost of a provider that is a file: processor time of the server for a token request at MailUp, and at MailUp written
 * as a file. The load comes from a process of its own. The two take turns, and each round gives one ratio.
 */
import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { Agent, request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { start } from '../src/client/index.js';
import { inTurn, pairedRatios, spreadOf } from './statistics.js';

const rounds = 15;
const requestsARound = 1500;
const names = ['mailup', 'as-a-file'] as const;
const body =
  'grant_type=password&username=ada@example.test&password=understudy' +
  '&client_id=understudy-client&client_secret=understudy-secret';

interface Order {
  readonly url: string;
  readonly count: number;
}

/** Sends token requests, eight at a time. */
async function load({ url, count }: Order): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: 8 });
  let left = count;
  const worker = async (): Promise<void> => {
    while (left > 0) {
      left -= 1;
      await new Promise<void>((resolve, reject) => {
        const headers = { 'content-type': 'application/x-www-form-urlencoded', 'content-length': body.length };
        request(url, { method: 'POST', agent, headers }, (answer) => {
          if (answer.statusCode !== 200) reject(new Error(`status ${String(answer.statusCode)}`));
          answer.resume().on('end', resolve);
        })
          .on('error', reject)
          .end(body);
      });
    }
  };
  await Promise.all(Array.from({ length: 8 }, worker));
  agent.destroy();
}

async function measure(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-bench-'));
  const file = readFileSync(new URL('../test/providers/files/mailup.yaml', import.meta.url), 'utf8');
  writeFileSync(join(folder, 'as-a-file.yaml'), file.replace(/^name:.*$/m, '').replace(/^hosts:.*$/m, ''));
  const server = await start({ providers: folder });
  const client = fork(fileURLToPath(import.meta.url), ['load']);
  /** Processor time of the server for one request, in microseconds. */
  const round = async (name: string, count = requestsARound): Promise<number> => {
    const before = process.cpuUsage();
    client.send({ url: `${server.url}/${name}/Authorization/OAuth/Token`, count });
    await once(client, 'message');
    const { user, system } = process.cpuUsage(before);
    return (user + system) / count;
  };
  const found = new Map(names.map((name) => [name as string, [] as number[]]));
  // the first rounds compile
  for (const name of names) await round(name, 3000);
  for (let i = 0; i < rounds; i += 1) {
    for (const name of inTurn(names, i)) found.get(name)?.push(await round(name));
  }
  client.kill();
  await server.close();
  rmSync(folder, { recursive: true });
  const [builtIn, asFile] = names.map((name) => found.get(name) ?? []) as [number[], number[]];
  const { median, least, most } = spreadOf(pairedRatios(asFile, builtIn));
  console.log(`built in: ${spreadOf(builtIn).median.toFixed(0)} µs of processor time for a token request`);
  console.log(`as a file: ${spreadOf(asFile).median.toFixed(0)} µs`);
  console.log(`ratio: ${median.toFixed(2)} (${least.toFixed(2)} to ${most.toFixed(2)}, ${String(rounds)} rounds)`);
}

if (process.argv[2] === 'load') {
  process.on('message', (order) => {
    void load(order as Order).then(() => process.send?.('done'));
  });
} else {
  await measure();
}
