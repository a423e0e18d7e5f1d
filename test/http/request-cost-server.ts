/**
 * A server that counts what its requests cost, for request-cost.test.ts. Its arguments: `bare` is a bare Fastify handler instead
 * of Understudy; `watched` counts calls, which costs memory itself; `wasteful` does what the test has to notice. The
 * parent sends `begin`, then requests, then `end`, which is answered with what was counted.
 *
 * It runs with a young generation that is larger than what the requests allocate, and without the optimizing compiler:
 * no garbage is collected in between, and the number of bytes does not depend on when code was compiled.
 */
import { subscribe } from 'node:diagnostics_channel';
import { ServerResponse } from 'node:http';
import { Socket } from 'node:net';
import { PerformanceObserver } from 'node:perf_hooks';
import { setImmediate as turn } from 'node:timers/promises';
import formbody from '@fastify/formbody';
import fastify from 'fastify';
import { providers } from '../../src/providers/index.js';
import { startServer } from '../support.js';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Provider } from '../../src/providers/provider.js';

/** What was counted since `begin`. */
export interface Counted {
  readonly bytes: number;
  /** Garbage collections. With any, `bytes` is wrong. */
  readonly collections: number;
  /** How often the headers of requests were copied, or gone through. */
  readonly requestHeaderCopies: number;
  /** The same for headers of answers, from where the provider has completed them until Node has them. */
  readonly answerHeaderCopies: number;
  readonly socketWrites: number;
  /** The hooks of the route of the last request: a name for each function. */
  readonly hooks: readonly string[];
}

const nothing = { bytes: 0, collections: 0, requestHeaderCopies: 0, answerHeaderCopies: 0, socketWrites: 0 };
const counted = { ...nothing, hooks: [] as string[] };
const options = process.argv.slice(2);
const kept: unknown[] = [];

/** The same object, which tells when somebody copies or goes through it. */
const telling = <T extends object>(headers: T, tell: () => void): T =>
  new Proxy(headers, {
    ownKeys(target) {
      tell();
      return Reflect.ownKeys(target);
    },
  });

/** Gives each request telling headers before anything reads them. */
function watchRequestHeaders({ server }: FastifyInstance): void {
  server.prependListener('request', (message) => {
    const headers = telling(message.headers, () => {
      counted.requestHeaderCopies += 1;
    });
    Object.defineProperty(message, 'headers', { value: headers });
  });
}

/** A provider whose complete answers have telling headers. */
const watchedProvider = (provider: Provider): Provider => ({
  ...provider,
  everyAnswer(seen) {
    const answer = provider.everyAnswer?.(seen) ?? seen.answer;
    const headers = telling(answer.headers, () => {
      counted.answerHeaderCopies += 1;
    });
    if (options.includes('wasteful')) kept[0] = { ...headers };
    return { ...answer, headers };
  },
});

/** Replaces a method by one that calls `see` first. */
function watch(owner: object, name: string, see: () => void): void {
  const original = Reflect.get(owner, name) as (...args: unknown[]) => unknown;
  const watched = function (this: unknown, ...args: unknown[]): unknown {
    see();
    return original.apply(this, args);
  };
  Object.defineProperty(owner, name, { value: watched, writable: true, configurable: true });
}

const hookNames = [
  'onRequest',
  'preParsing',
  'preValidation',
  'preHandler',
  'preSerialization',
  'onSend',
  'onResponse',
];

function watchCalls(app: FastifyInstance): void {
  watchRequestHeaders(app);
  watch(ServerResponse.prototype, 'getHeaders', () => {
    counted.answerHeaderCopies += 1;
  });
  for (const name of ['_write', '_writev']) {
    watch(Socket.prototype, name, () => {
      counted.socketWrites += 1;
    });
  }
  subscribe('tracing:fastify.request.handler:start', (message) => {
    const { request } = message as { request: object };
    // Fastify keeps the hooks of a route in the context of its requests
    const key = Object.getOwnPropertySymbols(request).find(({ description }) => description === 'fastify.context');
    const context = Reflect.get(request, key!) as Readonly<Record<string, unknown[] | null>>;
    counted.hooks = hookNames.flatMap((name) => (context[name] ?? []).map(() => name));
  });
}

const token = {
  access_token: 'a'.repeat(43),
  token_type: 'Bearer',
  expires_in: 3600,
  refresh_token: 'r'.repeat(43),
  scope: 'read write',
};
const resource = { contacts: [{ id: 1, name: 'Readers', numberOfMembers: 1 }] };

/** What a server on Fastify cannot do without: it parses a form, and answers a fixed object. */
async function bareFastify(): Promise<string> {
  const app = fastify();
  await app.register(formbody);
  app.post('/token', (_request, reply) => {
    reply.header('cache-control', 'no-store').send(token);
  });
  app.get('/resource', (_request, reply) => {
    reply.send(resource);
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
  return `http://127.0.0.1:${(app.server.address() as AddressInfo).port}`;
}

async function understudy(): Promise<string> {
  const served = options.includes('watched') ? providers.map(watchedProvider) : providers;
  const { app, url } = await startServer(served);
  if (options.includes('wasteful')) {
    app.server.prependListener('request', ({ headers }) => {
      // two thousand bytes, and a copy
      kept[1] = [new Array<number>(250).fill(0), { ...headers }];
    });
  }
  if (options.includes('watched')) watchCalls(app);
  return url;
}

const url = await (options.includes('bare') ? bareFastify() : understudy());

new PerformanceObserver((list) => {
  counted.collections += list.getEntries().length;
}).observe({ entryTypes: ['gc'] });

let before = 0;

async function begin(): Promise<void> {
  globalThis.gc?.();
  // the observer is told of that collection in another turn
  await turn();
  await turn();
  Object.assign(counted, nothing);
  process.send?.('begun');
  before = process.memoryUsage().heapUsed;
}

async function end(): Promise<void> {
  counted.bytes = process.memoryUsage().heapUsed - before;
  await turn();
  await turn();
  process.send?.(counted);
}

process.on('message', (what: string) => void (what === 'end' ? end() : begin()));
process.send?.(url);
