import lightMyRequest from 'light-my-request';
import type { InjectOptions, Response as InjectResponse } from 'light-my-request';
import { buildApp } from '../src/app.js';
import { providers } from '../src/providers/index.js';
import { ScenarioLibrary } from '../src/world/scenario/library.js';
import { Worlds } from '../src/world/worlds.js';
import { findingIds } from '../src/findings/finding-ids.js';
import { lazyExaminer } from '../src/exam/lazy-examiner.js';
import { ruleIds } from '../src/findings/rules/index.js';
import type { AddressInfo } from 'node:net';
import type { FastifyInstance } from 'fastify';
import type { Steps } from '../src/world/slices.js';
import type { Realm } from '../src/core/realm.js';
import type { Policy } from '../src/core/policy.js';
import type { Provider } from '../src/providers/provider.js';
import type { JournalEntry } from '../src/world/journal/entry.js';
import type { World } from '../src/world/world.js';

/** Runs a computation to its end, without serving requests in between. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}

/** All existing names, for the validation of scenarios in tests. */
export const knownNames = { providers, findingIds: ruleIds };

/** A server on a real socket. The test can read and change its state. */
export interface TestServer {
  readonly url: string;
  readonly app: FastifyInstance;
  readonly worlds: Worlds;
  /** A world by its id; the default is `default`. */
  world(id?: string): World;
  realm(provider: string, world?: string): Realm;
  /** Changes fields of a realm's policy. */
  policy(provider: string, change: Partial<Policy>, world?: string): void;
  /** The latest entry of the journal. */
  lastEntry(world?: string): JournalEntry;
  close(): Promise<void>;
}

/** Sends a request to a server without a socket. Takes what `app.inject` takes, which knows the admin API alone. */
export const inject = (app: FastifyInstance, options: InjectOptions | string): Promise<InjectResponse> =>
  lightMyRequest((request, response) => {
    app.server.emit('request', request, response);
  }, options);

/** Starts a server on a free port of the loopback interface. */
export async function startServer(
  served: readonly Provider[] = providers,
  logLevel = 'silent',
  baseUrl?: string,
  definitions: readonly Provider[] = [],
): Promise<TestServer> {
  const worlds = new Worlds({ providers: served, definitions });
  let url = '';
  const app = await buildApp({
    worlds,
    library: new ScenarioLibrary(findingIds),
    access: { mode: 'open' },
    baseUrl,
    logLevel,
    examiner: lazyExaminer,
    listensAt: () => [url],
    connectionLimit: 2000,
    requestSeconds: 30,
  });
  await app.listen({ host: '127.0.0.1', port: 0 });
  const { port } = app.server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}`;
  const world = (id = 'default'): World => {
    const found = worlds.use(id);
    if (found === undefined) throw new Error(`no world ${id}`);
    return found;
  };
  const realm = (name: string, id?: string): Realm =>
    world(id).realm(world(id).providers.find((provider) => provider.name === name)!);
  return {
    url,
    app,
    worlds,
    world,
    realm,
    policy(provider, change, id) {
      const found = realm(provider, id);
      found.policy = { ...found.policy, ...change };
    },
    lastEntry: (id) => world(id).journal.entries().at(-1)!,
    close: () => app.close(),
  };
}

/** The client and the user that the default scenario has at every provider. */
export const demo = {
  id: 'understudy-client',
  secret: 'understudy-secret',
  redirectUri: 'http://localhost:3000/callback',
  username: 'ada@example.test',
  password: 'understudy',
} as const;
