import { fork } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import { fileURLToPath } from 'node:url';
import t from 'tap';
import { urlsOf } from '../../src/http/urls.js';
import { providers } from '../../src/providers/index.js';
import { plainEnvironment } from '../programs.js';
import { repository } from '../tree-copy.js';
import type { ChildProcess } from 'node:child_process';
import type { Socket } from 'node:net';
import type { Test } from 'tap';
import type { Counted } from './request-cost-server.js';

/** Requests of one measurement. */
const requests = 100;
const measurements = 3;
/** Requests before it, which fill the caches of V8. */
const warmup = 200;

type Option = 'bare' | 'watched' | 'wasteful';

/** A server in a process of its own, with one connection to it. */
class Server {
  readonly #child: ChildProcess;
  readonly #socket: Socket;

  private constructor(child: ChildProcess, socket: Socket) {
    this.#child = child;
    this.#socket = socket;
  }

  static async start(t: Test, ...options: Option[]): Promise<Server> {
    const child = fork(fileURLToPath(new URL('request-cost-server.ts', import.meta.url)), options, {
      cwd: repository,
      env: plainEnvironment(),
      execArgv: [
        '--import=./scripts/typescript-loader.js',
        '--expose-gc',
        '--no-opt',
        '--min-semi-space-size=64',
        '--max-semi-space-size=64',
      ],
    });
    const [url] = (await once(child, 'message')) as [string];
    const socket = connect({ host: '127.0.0.1', port: Number(new URL(url).port), noDelay: true });
    const server = new Server(child, socket.setEncoding('latin1'));
    t.teardown(() => {
      server.stop();
    });
    return server;
  }

  /** Sends a request, and returns the body of its answer. */
  async send(text: string): Promise<string> {
    this.#socket.write(text);
    let answer = '';
    while (!isComplete(answer)) answer += String((await once(this.#socket, 'data'))[0]);
    if (!answer.startsWith('HTTP/1.1 20')) throw new Error(answer);
    return answer.slice(answer.indexOf('\r\n\r\n') + 4);
  }

  /** Counts what the requests between this call and the next cost. */
  async begin(): Promise<void> {
    this.#child.send('begin');
    await once(this.#child, 'message');
  }

  async end(): Promise<Counted> {
    this.#child.send('end');
    return ((await once(this.#child, 'message')) as [Counted])[0];
  }

  stop(): void {
    this.#socket.destroy();
    this.#child.kill();
  }
}

function isComplete(answer: string): boolean {
  const end = answer.indexOf('\r\n\r\n');
  return end >= 0 && answer.length >= end + 4 + Number(/\r\ncontent-length: *(\d+)/i.exec(answer)?.[1] ?? 0);
}

const get = (path: string, accessToken: string): string =>
  `GET ${path} HTTP/1.1\r\nhost: localhost\r\nauthorization: Bearer ${accessToken}\r\n\r\n`;
const post = (path: string, body: string, type = 'application/x-www-form-urlencoded'): string =>
  `POST ${path} HTTP/1.1\r\nhost: localhost\r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`;

type Work = 'refresh' | 'bearer';
type Name = 'mailup' | 'dottedsign';

const apiPaths: Readonly<Record<Name, string>> = {
  mailup: '/ConsoleService.svc/Console/Authentication/Info',
  dottedsign: '/members/me',
};

/** The URLs and the first tokens of a client. */
interface Client {
  readonly tokenPath: string;
  readonly apiPath: string;
  readonly accessToken: string;
  readonly refreshToken: string;
}

const bareClient: Client = {
  tokenPath: '/token',
  apiPath: '/resource',
  accessToken: 'a'.repeat(43),
  refreshToken: 'r'.repeat(43),
};

async function clientOf(server: Server, name: Name): Promise<Client> {
  const { tokenUrl, apiUrl } = urlsOf(
    providers.find((provider) => provider.name === name)!,
    '',
    'default',
  );
  const party = JSON.stringify({ clientId: 'understudy-client', userId: 'ada@example.test' });
  const minted = await server.send(post(`/__admin/providers/${name}/tokens`, party, 'application/json'));
  const tokens = JSON.parse(minted) as Pick<Client, 'accessToken' | 'refreshToken'>;
  return { ...tokens, tokenPath: tokenUrl, apiPath: apiUrl + apiPaths[name] };
}

/** Sends requests of one kind, one after the other. Each refresh uses the token of the answer before. */
async function run(server: Server, client: Client, work: Work, count: number): Promise<Client> {
  let { refreshToken } = client;
  for (let i = 0; i < count; i += 1) {
    if (work === 'bearer') await server.send(get(client.apiPath, client.accessToken));
    else {
      const body = `grant_type=refresh_token&refresh_token=${refreshToken}&client_id=understudy-client&client_secret=understudy-secret`;
      const answer = JSON.parse(await server.send(post(client.tokenPath, body))) as { refresh_token: string };
      refreshToken = answer.refresh_token;
    }
  }
  return { ...client, refreshToken };
}

/** What the server counts while it answers some requests. */
async function count(server: Server, client: Client, work: Work, requests: number): Promise<Counted> {
  await server.begin();
  await run(server, client, work, requests);
  return server.end();
}

/** Bytes that the server allocates for each request: the least of some measurements, because a map that grows costs once. */
async function bytesOf(server: Server, client: Client, work: Work): Promise<number> {
  let latest = await run(server, client, work, warmup);
  const measured: number[] = [];
  for (let i = 0; i < measurements; i += 1) {
    await server.begin();
    latest = await run(server, latest, work, requests);
    const { bytes, collections } = await server.end();
    if (collections === 0) measured.push(bytes / requests);
  }
  if (measured.length === 0) throw new Error('garbage was collected, so bytes were not counted');
  return Math.min(...measured);
}

/** Bytes for each request of bare Fastify, by kind of work. */
async function bytesOfBare(t: Test): Promise<Readonly<Record<Work, number>>> {
  const bare = await Server.start(t, 'bare');
  return { refresh: await bytesOf(bare, bareClient, 'refresh'), bearer: await bytesOf(bare, bareClient, 'bearer') };
}

/**
 * What a request may allocate, relative to bare Fastify. Below the band, the guard has become loose: narrow it to what is
 * measured.
 */
const bands: readonly (readonly [Name, Work, least: number, most: number])[] = [
  ['dottedsign', 'refresh', 1.75, 2.05],
  ['dottedsign', 'bearer', 1.45, 1.66],
  ['mailup', 'refresh', 1.6, 1.9],
  ['mailup', 'bearer', 1.28, 1.48],
];

t.test('a request allocates within its band, relative to bare Fastify', async (t) => {
  const bare = await bytesOfBare(t);
  const ours = await Server.start(t);
  const wasteful = await Server.start(t, 'wasteful');
  for (const [name, work, least, most] of bands) {
    const ratio = (await bytesOf(ours, await clientOf(ours, name), work)) / bare[work];
    t.ok(ratio <= most, `${work} at ${name}: ${ratio.toFixed(3)}, at most ${most}`);
    t.ok(ratio >= least, `${work} at ${name}: ${ratio.toFixed(3)}, at least ${least}`);
    if (work !== 'bearer') continue;
    const wasted = (await bytesOf(wasteful, await clientOf(wasteful, name), work)) / bare[work];
    t.ok(wasted > most, `with two thousand bytes more: ${wasted.toFixed(3)}, more than ${most}`);
  }
});

/** The calls of some requests, for each of them. */
async function callsOf(server: Server, name: Name, work: Work): Promise<Omit<Counted, 'bytes' | 'collections'>> {
  const {
    bytes: _bytes,
    collections: _collections,
    hooks,
    ...sums
  } = await count(server, await clientOf(server, name), work, 10);
  const { requestHeaderCopies, answerHeaderCopies, socketWrites } = sums;
  return {
    hooks,
    requestHeaderCopies: requestHeaderCopies / 10,
    answerHeaderCopies: answerHeaderCopies / 10,
    socketWrites: socketWrites / 10,
  };
}

t.test('a request runs two hooks, writes once, and its headers are hardly copied', async (t) => {
  const server = await Server.start(t, 'watched');
  for (const [name, work] of bands) {
    t.same(
      await callsOf(server, name, work),
      {
        hooks: ['onRequest', 'preValidation'],
        // the journal weighs an entry when it is opened
        requestHeaderCopies: 1,
        // the list for Node, and the weight of the entry
        answerHeaderCopies: 2,
        socketWrites: 1,
      },
      `${work} at ${name}`,
    );
  }
});

t.test('one more copy of headers is noticed', async (t) => {
  const server = await Server.start(t, 'watched', 'wasteful');
  t.match(await callsOf(server, 'mailup', 'bearer'), { requestHeaderCopies: 2, answerHeaderCopies: 3 });
});
