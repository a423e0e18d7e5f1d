/**
 * What the fault layer costs a world that has no faults. An app whose fault hooks stand there twice is compared with one in
 * which they stand once, in interleaved rounds of refreshes: the difference is what one copy of them costs.
 */
import cookie from '@fastify/cookie';
import fastify from 'fastify';
import { addressing } from '../src/http/addressing.js';
import { bodyParsers } from '../src/http/body.js';
import { requestContext } from '../src/http/context.js';
import { faultsDeparture } from '../src/http/fault-answer.js';
import { faultsAfter, faultsBefore } from '../src/http/faults.js';
import { providerPlugin } from '../src/http/provider.js';
import { providers } from '../src/providers/index.js';
import { Worlds } from '../src/world/worlds.js';
import type { FastifyInstance } from 'fastify';

const rounds = 15;
const requestsARound = 4000;
const credentials = 'client_id=understudy-client&client_secret=understudy-secret';

async function open(copies: number): Promise<{ app: FastifyInstance; body: string }> {
  const worlds = new Worlds({ providers });
  const app = fastify({ rewriteUrl: addressing(providers), exposeHeadRoutes: false });
  requestContext(app);
  await app.register(cookie);
  await bodyParsers(app);
  for (let copy = 1; copy < copies; copy += 1) {
    faultsAfter(app);
    faultsBefore(app);
    faultsDeparture(app);
  }
  for (const provider of providers) await app.register(providerPlugin(worlds, provider), { prefix: `/${provider.name}` });
  const answer = await post(app, `grant_type=password&username=ada@example.test&password=understudy&${credentials}`);
  const { refresh_token } = JSON.parse(answer) as { refresh_token: string };
  // the refresh token stays the same, so that every request is the same work
  const realm = worlds.use('default')?.realm(providers[0] as (typeof providers)[number]);
  if (realm !== undefined) realm.policy = { ...realm.policy, refreshRotation: 'keep' };
  return { app, body: `grant_type=refresh_token&refresh_token=${refresh_token}&${credentials}` };
}

async function post(app: FastifyInstance, payload: string): Promise<string> {
  const { body } = await app.inject({ method: 'POST', url: '/mailup/Authorization/OAuth/Token', headers: { 'content-type': 'application/x-www-form-urlencoded' }, payload });
  return body;
}

/** Processor time of one round, in microseconds a request: other people's load on the machine does not count. */
async function round({ app, body }: { app: FastifyInstance; body: string }): Promise<number> {
  const before = process.cpuUsage();
  for (let i = 0; i < requestsARound; i += 1) await post(app, body);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / requestsARound;
}

const median = (values: readonly number[]): number => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;

const once = await open(1);
const twice = await open(2);
await round(once);
await round(twice);
const costs: number[] = [];
for (let i = 0; i < rounds; i += 1) {
  // who goes first takes turns, so that a drift of the machine favours neither
  const order = i % 2 === 0 ? [once, twice] : [twice, once];
  const spent = new Map<object, number>();
  for (const each of order) spent.set(each, await round(each));
  costs.push(((spent.get(twice) as number) / (spent.get(once) as number) - 1) * 100);
}
console.log(`the fault layer without faults costs ${median(costs).toFixed(1)} % of a refresh (median of ${rounds} interleaved rounds; from ${Math.min(...costs).toFixed(1)} % to ${Math.max(...costs).toFixed(1)} %)`);
