/**
 * Cost of the fault layer in a world without faults. One pass is too short to measure. So requests of one app pass
 * through the layer fifty more times, and are compared with requests of an app that pass once.
 */
import fastify from 'fastify';
import { urlRewriter } from '../src/http/addressing.js';
import { bodyParsers } from '../src/http/reading/body.js';
import { decorateRequests } from '../src/http/context.js';
import { faultsBefore } from '../src/http/faulting/before.js';
import { providerPlugin } from '../src/http/provider-plugin.js';
import { faultOnAnswer } from '../src/http/faulting/active-fault.js';
import { providers } from '../src/providers/index.js';
import { Worlds } from '../src/world/worlds.js';
import { inTurn, spreadOf } from './statistics.js';
import type { FastifyInstance } from 'fastify';

const rounds = 15;
const requestsARound = 4000;
const morePasses = 50;
const credentials = 'client_id=understudy-client&client_secret=understudy-secret';
const anAnswer = { status: 200, headers: {}, body: '' };

async function open(passes: number): Promise<{ app: FastifyInstance; body: string }> {
  const worlds = new Worlds({ providers });
  const app = fastify({ rewriteUrl: urlRewriter(worlds), exposeHeadRoutes: false });
  decorateRequests(app);
  await bodyParsers(app);
  const playFault = faultsBefore(app);
  const next = (): void => undefined;
  app.addHook('preValidation', (request, reply, done) => {
    for (let pass = 0; pass < passes; pass += 1) {
      playFault(request, reply, next);
      faultOnAnswer(request, reply, anAnswer);
    }
    done();
  });
  for (const provider of providers) {
    await app.register(providerPlugin({ worlds, listed: true }, provider), { prefix: `/${provider.name}` });
  }
  const answer = await post(app, `grant_type=password&username=ada@example.test&password=understudy&${credentials}`);
  const { refresh_token } = JSON.parse(answer) as { refresh_token: string };
  // Keeps the refresh token, so that every request does the same work.
  const realm = worlds.use('default')?.realm(providers[0] as (typeof providers)[number]);
  if (realm !== undefined) realm.policy = { ...realm.policy, refreshRotation: 'keep' };
  return { app, body: `grant_type=refresh_token&refresh_token=${refresh_token}&${credentials}` };
}

async function post(app: FastifyInstance, payload: string): Promise<string> {
  const { body } = await app.inject({
    method: 'POST',
    url: '/mailup/Authorization/OAuth/Token',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    payload,
  });
  return body;
}

/** Processor time of one round, in microseconds per request. It does not include other load on the machine. */
async function round({ app, body }: { app: FastifyInstance; body: string }): Promise<number> {
  const before = process.cpuUsage();
  for (let i = 0; i < requestsARound; i += 1) await post(app, body);
  const { user, system } = process.cpuUsage(before);
  return (user + system) / requestsARound;
}

const once = await open(0);
const oftener = await open(morePasses);
await round(once);
await round(oftener);
const costs: number[] = [];
for (let i = 0; i < rounds; i += 1) {
  // The order alternates, so that a drift of the machine favours neither.
  const spent = new Map<object, number>();
  for (const each of inTurn([once, oftener], i)) spent.set(each, await round(each));
  costs.push((((spent.get(oftener) as number) / (spent.get(once) as number) - 1) / morePasses) * 100);
}
const { median, least, most } = spreadOf(costs);
console.log(
  `the fault layer without faults costs ${median.toFixed(2)} % of a refresh (median of ${String(rounds)} ` +
    `interleaved rounds; from ${least.toFixed(2)} % to ${most.toFixed(2)} %)`,
);
