import t from 'tap';
import { startServer } from '../support.js';
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
import { exchange } from './real-clients/wire.js';
import type { RealClient, Session } from './real-clients/client.js';
import type { Answer } from './real-clients/wire.js';
import type { TestServer } from '../support.js';

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

async function admin(server: TestServer, method: string, path: string, value: unknown): Promise<unknown> {
  const answer = await fetch(`${server.url}/__admin${path}`, {
    method,
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(value),
  });
  if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
  return answer.json();
}

async function register(server: TestServer, { provider, account, redirectUri, policy }: RealClient): Promise<void> {
  server.policy(provider, { interaction: auto() });
  if (policy !== undefined) await admin(server, 'PATCH', `/providers/${provider}/policy`, policy);
  await admin(server, 'PUT', `/providers/${provider}/clients/${account.id}`, {
    secret: account.secret,
    redirectUris: redirectUri === undefined ? [] : [redirectUri],
  });
}

/** The browser opens the client's URL, and the provider sends it back. */
async function authorized(server: TestServer, { provider, authorize, redirectUri = '' }: RealClient): Promise<Session> {
  if (authorize === undefined) return {};
  const head = [`GET ${authorize} HTTP/1.1`, `Host: ${hosts[provider]}`, 'Accept: text/html,*/*;q=0.8'];
  const { location = '', status, text } = await exchange(server.url, bytes(head));
  if (!location.startsWith(`${redirectUri}?`)) throw new Error(`not sent back: ${status} ${location} ${text}`);
  return { callback: location, code: new URL(location).searchParams.get('code') ?? '' };
}

/** Tokens by the client's own request, or minted for a client that is given its key. */
async function obtained(server: TestServer, client: RealClient, session: Session): Promise<Session> {
  if (client.obtain !== undefined) return tokensOf(await exchange(server.url, client.obtain(session)));
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

for (const client of clients) {
  t.test(`${client.name}: from the authorization to the call after a refresh`, async (t) => {
    await using server = await disposable(startServer());
    await register(server, client);
    const first = await obtained(server, client, await authorized(server, client));

    const call = await exchange(server.url, client.call(first));
    t.equal(call.status, 200, call.text);
    t.not(client.reads(call.json), undefined, `the client finds what it reads in ${call.text}`);

    await admin(server, 'POST', '/clock/advance', { by: threeDays });
    const late = await exchange(server.url, client.call(first));
    t.equal(late.status, 401, 'the client sees that its token has expired');

    const second =
      client.refresh === undefined
        ? await obtained(server, client, {})
        : tokensOf(await exchange(server.url, client.refresh(first)));
    t.not(second.accessToken, first.accessToken);
    t.equal((await exchange(server.url, client.call(second))).status, 200);

    const refused = server
      .world()
      .journal.entries()
      .filter(({ status }) => status !== undefined && status >= 400);
    t.same(
      refused.map(({ reason }) => reason),
      ['bearer.expired'],
      'nothing but the late call was refused',
    );
  });
}

async function disposable(started: Promise<TestServer>): Promise<TestServer & AsyncDisposable> {
  const server = await started;
  return Object.assign(server, { [Symbol.asyncDispose]: () => server.close() });
}
