/**
 * A server with the number of tokens, worlds and faults in its argument: `{ tokens, worlds, faults }` as JSON. A second
 * port generates requests for it: `GET /items?work=exchange&n=1000`.
 */
import { createServer } from 'node:http';
import { configOf } from '../src/config.js';
import { approve } from '../src/core/authorize.js';
import { issueTokens } from '../src/core/issue.js';
import { openGrant } from '../src/core/realm.js';
import { openScopes } from '../src/core/scope.js';
import { urlsOf } from '../src/http/urls.js';
import { providers } from '../src/providers/index.js';
import { openServer } from '../src/server.js';
import { resourcePaths } from './contenders.js';
import type { AddressInfo } from 'node:net';
import type { Client, User } from '../src/core/model.js';
import type { Realm } from '../src/core/realm.js';
import type { Provider } from '../src/providers/provider.js';
import type { World } from '../src/world/world.js';

const {
  tokens = 0,
  worlds = 1,
  faults = 0,
} = JSON.parse(process.argv[2] ?? '{}') as { tokens?: number; worlds?: number; faults?: number };
const provider = providers.find(({ name }) => name === 'dottedsign') as Provider;
const server = await openServer(configOf({ port: 0, worldLimit: 20_000 }));
const all: World[] = [server.worlds.use('default') as World];
for (let i = 1; i < worlds; i += 1) all.push(server.worlds.open({ id: `world-${i}` }));

interface Parties {
  client: Client;
  user: User;
  scopes: readonly string[];
}

function parties(realm: Realm): Parties {
  const client = realm.clients.get('understudy-client') as Client;
  return {
    client,
    user: realm.user('ada@example.test') as User,
    scopes: openScopes(realm, client, 'authorization_code').all,
  };
}

function mint(realm: Realm): string {
  const { client, user, scopes } = parties(realm);
  const at = realm.now();
  const grant = openGrant(realm, { type: 'authorization_code', client, user, scopes, at });
  return issueTokens(realm, { grant, grantType: 'authorization_code', scopes, at, anew: true }).accessToken.token;
}

/** Live tokens, each with its own grant. */
const live = all.map((world) => [mint(world.realm(provider))]);
const [first] = all as [World];
for (let i = 1; i < tokens; i += 1) (live[0] as string[]).push(mint(first.realm(provider)));
// Each rule matches another field, and none matches a request.
for (let i = 0; i < faults; i += 1) {
  const others = [
    { clientId: `client-${i}` },
    { userId: `user-${i}` },
    { provider: 'mailup', clientId: `client-${i}` },
    { endpoint: 'revoke' },
    { path: `/nowhere/${i}/*` },
  ] as const;
  first.faults.add([{ match: others[i % others.length] as (typeof others)[number], fault: { kind: 'cut' } }]);
}

const callback = 'http://localhost:3000/callback';
let turn = 0;

/** Generates a request. Requests use all worlds in turn, and live tokens from the whole map. */
function item(work: string): object {
  turn += 1;
  const at = turn % all.length;
  const world = all[at] as World;
  const realm = world.realm(provider);
  const urls = urlsOf(provider, '', world.id);
  if (work === 'bearer') {
    const known = live[at] as string[];
    return {
      path: urls.apiUrl + String(resourcePaths.dottedsign),
      headers: { authorization: `Bearer ${String(known[(turn * 7919) % known.length])}` },
    };
  }
  const { client, user, scopes } = parties(realm);
  const answer = approve(
    realm,
    {
      client,
      redirectUri: callback,
      redirectUriSent: true,
      scopes,
      challenge: undefined,
      state: undefined,
      responseMode: 'query',
    },
    user,
  );
  if (!('code' in answer)) throw new Error('no code');
  return {
    path: urls.tokenUrl,
    body: `grant_type=authorization_code&code=${answer.code.code}&redirect_uri=${encodeURIComponent(callback)}&client_id=understudy-client&client_secret=understudy-secret`,
  };
}

const control = createServer((request, response) => {
  const { searchParams } = new URL(String(request.url), 'http://bench');
  if (searchParams.get('journal') === 'empty') for (const world of all) world.journal.clear();
  response.end(
    JSON.stringify(Array.from({ length: Number(searchParams.get('n')) }, () => item(String(searchParams.get('work'))))),
  );
});
control.listen(0, '127.0.0.1', () => {
  process.stdout.write(
    `${JSON.stringify({ ready: true, url: server.url, control: `http://127.0.0.1:${String((control.address() as AddressInfo).port)}` })}\n`,
  );
});
