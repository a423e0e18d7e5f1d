/**
 * Runs the nginx configuration of docs/how-to/many-processes.md in front of three processes, and checks that each world
 * stays at its process.
 */
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { call, understudyJob } from './contenders.js';
import { providers } from '../src/providers/index.js';
import type { AddressInfo } from 'node:net';

if (spawnSync('nginx', ['-v']).error !== undefined) {
  throw new Error('there is no nginx here; Debian has it as nginx-light');
}

const [conf = ''] = /(?<=```nginx\n)[\s\S]*?(?=```)/.exec(readFileSync('docs/how-to/many-processes.md', 'utf8')) ?? [];

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  await once(probe, 'close');
  return port;
}

const folder = mkdtempSync(join(tmpdir(), 'understudy-proxy-'));
const ports = new Map<string, number>();
for (const shown of ['8080', '8081', '8082', '8083']) ports.set(shown, await freePort());
const front = `http://127.0.0.1:${String(ports.get('8080'))}`;
writeFileSync(
  join(folder, 'nginx.conf'),
  conf.replaceAll(/127\.0\.0\.1:(808\d)/g, (_whole, shown: string) => `127.0.0.1:${String(ports.get(shown))}`),
);

const backs = [...ports].slice(1).map(([, port]) => port);
const servers = backs.map((port) =>
  spawn(process.execPath, ['dist/main.js', 'serve', '--port', String(port), '--base-url', front], { stdio: 'ignore' }),
);
const nginx = spawn('nginx', ['-p', folder, '-c', 'nginx.conf', '-g', 'daemon off;'], { stdio: 'inherit' });
try {
  for (const url of [...backs.map((port) => `http://127.0.0.1:${String(port)}`), front]) {
    for (let tries = 0; tries < 200; tries += 1) {
      if (
        await fetch(`${url}/__admin/health`).then(
          ({ ok }) => ok,
          () => false,
        )
      ) {
        break;
      }
      await sleep(50);
    }
  }
  const ids = Array.from({ length: 60 }, (_, i) => `spread-${i}`);
  for (const id of ids) {
    const { baseUrl } = await call<{ baseUrl: string }>(`${front}/__admin/worlds/${id}`, 'PUT', { seed: id });
    if (baseUrl !== `${front}/w/${id}`) throw new Error(`${id} says that it is at ${baseUrl}`);
    for (const provider of providers) {
      const {
        url,
        headers,
        items: [item],
      } = await understudyJob(provider, 'refresh', front, 1, id);
      const { status } = await fetch(url, { method: 'POST', headers, body: item?.body ?? null });
      if (status !== 200) throw new Error(`a refresh of ${provider.name} in ${id} answered ${status}`);
    }
    const { total } = await call<{ total: number }>(`${front}/w/${id}/__admin/journal`);
    if (total !== providers.length) throw new Error(`the journal of ${id} has ${total} entries`);
  }
  const shares: number[] = [];
  for (const port of backs) {
    shares.push((await call<{ total: number }>(`http://127.0.0.1:${String(port)}/__admin/worlds`)).total - 1);
  }
  if (shares.reduce((sum, share) => sum + share, 0) !== ids.length || shares.some((share) => share === 0)) {
    throw new Error(`the worlds lie ${shares.join(', ')}`);
  }
  for (const id of ids) await call(`${front}/__admin/worlds/${id}`, 'DELETE');
  console.log(
    `${ids.length} worlds on three processes (${shares.join(', ')}), each served by the process that created it`,
  );
} finally {
  nginx.kill('SIGTERM');
  for (const server of servers) server.kill('SIGTERM');
  await Promise.all([nginx, ...servers].map(async (child) => child.exitCode ?? once(child, 'exit')));
  rmSync(folder, { recursive: true, force: true });
}
process.exit();
