// What the clients of well-known providers leave out or name otherwise: GitHub, Slack and HubSpot document no response_type, GitHub
// and Slack no grant_type; Google asks for no client at the revocation; GitHub's API takes the scheme token.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { start } from '../../src/client/index.js';
import { demo } from '../support.js';

const folder = mkdtempSync(join(tmpdir(), 'understudy-types-'));
writeFileSync(
  join(folder, 'acme.yaml'),
  `parameters: { authorize: { response_type: { default: code } }, token: { grant_type: { default: authorization_code } } }
resources: [{ path: /me, body: {} }]`,
);
const server = await start({ providers: folder });
t.teardown(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});
const world = server.world();
const { authorizeUrl, tokenUrl } = (await world.info()).providers.acme!;
const client = { client_id: demo.id, redirect_uri: demo.redirectUri };

const back = (more: Readonly<Record<string, string>> = {}) =>
  world.authorize(`${authorizeUrl}?${new URLSearchParams({ ...client, ...more }).toString()}`);

/** The status of a token request, and why it was refused. */
async function token(sent: Readonly<Record<string, string>>): Promise<readonly [number, string | undefined]> {
  const body = new URLSearchParams({ ...client, client_secret: demo.secret, ...sent });
  const { status } = await fetch(tokenUrl, { method: 'POST', body });
  return [status, (await world.journal.list()).at(-1)?.reason];
}

t.test('a file can say what a request without response_type or grant_type asks for', async (t) => {
  const { code = '' } = await back();
  t.same(await token({ code }), [200, undefined]);
  t.same(await token({ code }), [400, 'code.replayed'], 'refused as an exchange');
});

t.test('a type that is sent counts', async (t) => {
  t.equal((await back({ response_type: 'token' })).error, 'unsupported_response_type');
  t.same(await token({ grant_type: 'refresh_token', refresh_token: 'x' }), [400, 'refresh.unknown']);
});

t.test('a fault knows the type that a request leaves out', async (t) => {
  await world.faults.add({
    match: { endpoint: 'token', grantType: 'authorization_code' },
    fault: { kind: 'status', status: 503 },
    times: 1,
  });
  const { code = '' } = await back();
  t.equal((await token({ code }))[0], 503);
  t.equal((await token({ code }))[0], 200);
});

t.test('a revocation without a client revokes, if the policy asks for none', async (t) => {
  const { baseUrl, apiUrl } = (await world.info()).providers.acme!;
  const { accessToken } = await world.tokens.mint({ provider: 'acme', clientId: demo.id, userId: demo.username });
  const revoke = async (more: Readonly<Record<string, string>> = {}) =>
    (await fetch(`${baseUrl}/revoke`, { method: 'POST', body: new URLSearchParams({ token: accessToken, ...more }) }))
      .status;
  const call = async () =>
    (await fetch(`${apiUrl}/me`, { headers: { authorization: `Bearer ${accessToken}` } })).status;
  t.equal(await revoke(), 401);
  await world.providers.policy({ provider: 'acme', clientAtRevocation: 'optional' });
  t.equal(await revoke({ client_id: demo.id, client_secret: 'wrong' }), 401, 'credentials that are sent count');
  t.equal(await revoke({ client_id: 'nobody' }), 401, 'a client_id must be known');
  t.equal(await call(), 200);
  t.equal(await revoke(), 200);
  t.equal(await call(), 401);
});

t.test('a revocation with the client_id alone revokes, if the policy asks for no secret', async (t) => {
  const { baseUrl, apiUrl } = (await world.info()).providers.acme!;
  for (const revokeClientFailure of ['as-elsewhere', 'as-unauthorized'] as const) {
    await world.providers.policy({ provider: 'acme', clientAtRevocation: 'optional', revokeClientFailure });
    const { accessToken } = await world.tokens.mint({ provider: 'acme', clientId: demo.id, userId: demo.username });
    const body = new URLSearchParams({ token: accessToken, client_id: demo.id });
    t.equal((await fetch(`${baseUrl}/revoke`, { method: 'POST', body })).status, 200, revokeClientFailure);
    t.equal((await fetch(`${apiUrl}/me`, { headers: { authorization: `Bearer ${accessToken}` } })).status, 401);
  }
});

t.test('a header that the policy names has the access token, and the journal keeps it secret', async (t) => {
  const { apiUrl } = (await world.info()).providers.acme!;
  const { accessToken } = await world.tokens.mint({ provider: 'acme', clientId: demo.id, userId: demo.username });
  const status = async (headers: Readonly<Record<string, string>>) => (await fetch(`${apiUrl}/me`, { headers })).status;
  t.equal(await status({ 'x-acme-token': accessToken }), 401);
  await world.providers.policy({ provider: 'acme', bearerHeaders: ['X-Acme-Token'] });
  t.equal(await status({ 'x-acme-token': accessToken }), 200);
  t.equal(await status({ 'x-acme-token': '' }), 401);
  t.equal(await status({ 'x-acme-token': accessToken, authorization: `Bearer ${accessToken}` }), 400, 'twice');
  t.notOk(JSON.stringify(await world.journal.list()).includes(accessToken));
  await t.rejects(world.providers.policy({ provider: 'acme', bearerHeaders: ['Cookie'] }), /bearerHeaders/);
});

t.test('a token is minted also where the answer with tokens is no JSON', async (t) => {
  const document = { endpoints: { token: '/token' }, answers: { token: { as: 'form', body: { token_type: 'mac' } } } };
  await world.defineProvider('form', document as never);
  await world.defineProvider('text', { answers: { token: { as: 'text', body: 'ok' } } });
  await world.defineProvider('number', { answers: { token: { body: 7 } } });
  for (const [provider, tokenType] of [
    ['form', 'mac'],
    ['text', null],
    ['number', null],
  ] as const) {
    t.match(await world.tokens.mint({ provider, clientId: demo.id, userId: demo.username }), { tokenType });
  }
});

t.test('a scheme that the policy names counts like Bearer, in any letter case', async (t) => {
  const { apiUrl } = (await world.info()).providers.acme!;
  const { accessToken } = await world.tokens.mint({ provider: 'acme', clientId: demo.id, userId: demo.username });
  const status = async (authorization: string) => (await fetch(`${apiUrl}/me`, { headers: { authorization } })).status;
  t.not(await status(`token ${accessToken}`), 200);
  await world.providers.policy({ provider: 'acme', bearerAliases: ['token'] });
  t.equal(await status(`token ${accessToken}`), 200);
  t.equal(await status(`Token ${accessToken}`), 200);
  t.equal(await status(`Bearer ${accessToken}`), 200);
  t.not(await status(`OAuth ${accessToken}`), 200);
  t.not(await status(`token${accessToken}`), 200);
});
