import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { gzipSync } from 'node:zlib';
import { bareFastify, call, contenders } from './contenders.js';
import { programName } from './names.js';
import { measurePairs } from './pairs.js';
import { processorTimeSource } from './processor-time.js';
import { send } from './send.js';
import { ServerProcess } from './server-process.js';
import { spare } from './wrk.js';
import type { Contender, Job } from './contenders.js';
import type { PairOptions, Pairs } from './pairs.js';

/** One contender for each program. */
export const programs = contenders.filter(({ name }) => !name.startsWith('Understudy') || name === programName);

/** One start of a program: from the start of its process to its first answer. */
export interface Start {
  /** Processor time of the process; real time where that is not available. */
  readonly micros: number;
  readonly milliseconds: number;
}

export interface StartSeries extends Pairs<Start> {
  readonly contender: string;
}

/** The starts of some programs, each paired with one of bare Fastify right before it. */
export async function measureStarts(
  measured: readonly Contender[],
  { pairs, attempts, until, tell }: Pick<PairOptions<Start>, 'pairs' | 'attempts' | 'until' | 'tell'>,
): Promise<StartSeries[]> {
  const all: StartSeries[] = [];
  for (const { name, command } of measured) {
    // Fills the file cache of the system.
    await oneStart(command);
    const made = await measurePairs({
      pairs,
      attempts,
      until,
      reference: () => oneStart(bareFastify.command),
      subject: () => oneStart(command),
      tell,
    });
    all.push({ contender: name, ...made });
    tell(`starts of ${name}`);
  }
  return all;
}

async function oneStart(command: readonly string[]): Promise<Start> {
  const begun = performance.now();
  const server = await ServerProcess.start(command);
  try {
    // Any answer counts.
    await call(`${server.url}/resource`).catch(() => undefined);
    const milliseconds = performance.now() - begun;
    return {
      micros: processorTimeSource === undefined ? milliseconds * 1000 : server.processorMicros,
      milliseconds,
    };
  } finally {
    await server.stop();
  }
}

export interface Memory {
  readonly contender: string;
  readonly atStartMiB: number;
  readonly exchanges: number;
  readonly afterMiB: number;
}

const usualBatch = 8000;

/** Resident memory of some programs at start and after the exchanges. A slow contender does a tenth of them. */
export async function measureMemory(
  measured: readonly Contender[],
  exchanges: number,
  tell: (line: string) => void,
): Promise<Memory[]> {
  const all: Memory[] = [];
  for (const contender of measured) {
    all.push(await memoryOf(contender, contender.requests === undefined ? exchanges : exchanges / 10));
    tell(`memory of ${contender.name}`);
  }
  return all;
}

async function memoryOf({ name, command, job, requests }: Contender, exchanges: number): Promise<Memory> {
  const server = await ServerProcess.start(command);
  try {
    await call(`${server.url}/resource`).catch(() => undefined);
    const atStartMiB = server.residentMiB;
    const batch = Math.min(exchanges, requests ?? usualBatch);
    for (let done = 0; done < exchanges;) {
      const { answers } = await send((await job('exchange', server.url, batch + spare)) as Job, batch);
      done += answers;
    }
    return { contender: name, atStartMiB, exchanges, afterMiB: server.residentMiB };
  } finally {
    await server.stop();
  }
}

/** Installed size of each package with its dependencies, in MiB. */
export function measureInstalls(): Map<string, number> {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-bench-'));
  try {
    const [packed] = JSON.parse(
      execFileSync('npm', ['pack', '--json', '--ignore-scripts', '--pack-destination', folder], { encoding: 'utf8' }),
    ) as [{ filename: string }];
    const { dependencies } = JSON.parse(readFileSync('bench/package.json', 'utf8')) as {
      dependencies: Record<string, string>;
    };
    const wanted = {
      'bare Fastify': ['fastify', '@fastify/formbody'],
      'oidc-provider': ['oidc-provider'],
      'oauth2-mock-server': ['oauth2-mock-server'],
    };
    const specs = [
      ['Understudy', [join(folder, packed.filename)]],
      ...Object.entries(wanted).map(([name, packages]) => [
        name,
        packages.map((each) => `${each}@${String(dependencies[each])}`),
      ]),
    ] as [string, string[]][];
    return new Map(
      specs.map(([name, packages]) => [name, installed(join(folder, name.replaceAll(/\W/g, '-')), packages)]),
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function installed(folder: string, packages: readonly string[]): number {
  execFileSync('mkdir', ['-p', folder]);
  writeFileSync(join(folder, 'package.json'), '{"private":true}');
  execFileSync(
    'npm',
    [
      'install',
      '--no-audit',
      '--no-fund',
      '--ignore-scripts',
      '--prefer-offline',
      '--loglevel=error',
      ...packages.map((each) => (each.endsWith('.tgz') ? resolve(each) : each)),
    ],
    { cwd: folder },
  );
  return bytesIn(join(folder, 'node_modules')) / 2 ** 20;
}

function bytesIn(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).reduce(
    (sum, entry) => sum + (entry.isFile() ? statSync(join(entry.parentPath, entry.name)).size : 0),
    0,
  );
}

/** Size of all parts of the bundle that the command, the library and the image run, in KiB: plain and compressed. */
export function bundleKiB(): { plain: number; gzip: number } {
  const parts = readdirSync('dist', { recursive: true, encoding: 'utf8' }).filter((name) =>
    /^(chunks\/)?[^/]+\.c?js$/.test(name),
  );
  const code = Buffer.concat(parts.map((name) => readFileSync(join('dist', name))));
  return { plain: code.length / 1024, gzip: gzipSync(code).length / 1024 };
}
