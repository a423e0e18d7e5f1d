import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { configOf, programDefaults } from '../../src/config.js';
import { findProvider } from '../../src/providers/index.js';
import { openServer } from '../../src/server.js';
import { auto } from '../providers/visit.js';
import { airbyte } from './real-clients/airbyte.js';
import { codeIgniter } from './real-clients/codeigniter.js';
import { doorkeeperSample } from './real-clients/doorkeeper-sample.js';
import { googleAuthLibrary } from './real-clients/google-auth-library.js';
import { mailupPhpSample } from './real-clients/mailup-php-sample.js';
import { mailupRuby } from './real-clients/mailup-ruby.js';
import { mailupy } from './real-clients/mailupy.js';
import { n8n } from './real-clients/n8n.js';
import { posthog, posthogCampaigns } from './real-clients/posthog.js';
import { bytes, field } from './real-clients/client.js';
import { byTunnel, directly, exchange } from './real-clients/wire.js';
import type { RealClient, Session } from './real-clients/client.js';
import type { Answer, Open } from './real-clients/wire.js';
import type { Server as Running } from '../../src/server.js';
import type { World } from '../../src/world/world.js';

const clients = [
  mailupy,
  mailupRuby,
  mailupPhpSample,
  posthog,
  posthogCampaigns,
  airbyte,
  codeIgniter,
  doorkeeperSample,
  googleAuthLibrary,
  n8n,
];

/** The Host that the client sends. */
const hosts = { mailup: 'services.mailup.com', tinyemail: 'api.tinyemail.com', dottedsign: 'api.dottedsign.com' };

/** Later than the end of every access token, and earlier than the end of every refresh token. */
const threeDays = '72h';

async function admin(server: Running, method: string, path: string, value: unknown): Promise<unknown> {
  const answer = await fetch(`${server.url}/__admin${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function register(server: Running, { provider, account, redirectUri, policy }: RealClient): Promise<void> {
  const realm = worldOf(server).realm(findProvider(provider)!);
  realm.policy = { ...realm.policy, interaction: auto() };
  if (policy !== undefined) await admin(server, 'PATCH', `/providers/${provider}/policy`, policy);
  await admin(server, 'PUT', `/providers/${provider}/clients/${account.id}`, {
    secret: account.secret,
    redirectUris: redirectUri === undefined ? [] : [redirectUri],
  });
}

/** The browser opens the client's URL, and the provider sends it back. */
async function authorized(open: Open, { provider, authorize, redirectUri = '' }: RealClient): Promise<Session> {
  if (authorize === undefined) return {};
  const head = [`GET ${authorize} HTTP/1.1`, `Host: ${hosts[provider]}`, 'Accept: text/html,*/*;q=0.8'];
  const { location = '', status, text } = await exchange(open, bytes(head));
  if (!location.startsWith(`${redirectUri}?`)) throw new Error(`not sent back: ${status} ${location} ${text}`);
  return { callback: location, code: new URL(location).searchParams.get('code') ?? '' };
}

/** Tokens by the client's own request, or minted for a client that is given its key. */
async function obtained(server: Running, open: Open, client: RealClient, session: Session): Promise<Session> {
  if (client.obtain !== undefined) return tokensOf(await exchange(open, client.obtain(session)));
  const { accessToken } = (await admin(server, 'POST', `/providers/${client.provider}/tokens`, {
    clientId: client.account.id,
    userId: client.account.username,
  })) as { accessToken: string };
  return { accessToken };
}

function tokensOf({ status, json, text }: Answer): Session {
  if (status !== 200) throw new Error(`no tokens: ${status} ${text}`);
  return { accessToken: String(field(json, 'access_token')), refreshToken: String(field(json, 'refresh_token')) };
}

const caDir = mkdtempSync(join(tmpdir(), 'real-clients-'));
t.teardown(() => {
  rmSync(caDir, { recursive: true });
});

const ways: readonly (readonly [string, (server: Running, host: string) => Open])[] = [
  ['directly', ({ url }) => directly(url)],
  [
    'by HTTPS to the host of the provider',
    ({ proxyUrl, authority }, host) => byTunnel(proxyUrl!, host, authority!.certificate),
  ],
];

for (const client of clients) {
  for (const [way, opened] of ways) {
    t.test(`${client.name}, ${way}: from the authorization to the call after a refresh`, async (t) => {
      const server = await openServer(configOf({ proxy: true, caDir }, programDefaults));
      t.teardown(() => server.close());
      const open = opened(server, hosts[client.provider]);
      await register(server, client);
      const first = await obtained(server, open, client, await authorized(open, client));

      const call = await exchange(open, client.call(first));
      t.equal(call.status, 200, call.text);
      t.not(client.reads(call.json), undefined, `the client finds what it reads in ${call.text}`);

      await admin(server, 'POST', '/clock/advance', { by: threeDays });
      const late = await exchange(open, client.call(first));
      t.equal(late.status, 401, 'the client sees that its token has expired');

      const second =
        client.refresh === undefined
          ? await obtained(server, open, client, {})
          : tokensOf(await exchange(open, client.refresh(first)));
      t.not(second.accessToken, first.accessToken);
      t.equal((await exchange(open, client.call(second))).status, 200);

      const refused = worldOf(server)
        .journal.entries()
        .filter(({ status }) => status !== undefined && status >= 400);
      t.same(
        refused.map(({ reason }) => reason),
        ['bearer.expired'],
        'nothing but the late call was refused',
      );
    });
  }
}

function worldOf({ worlds }: Running): World {
  return worlds.use('default')!;
}
