// Ways of client authentication that no provider of this package uses: a signed token, and the secret as a user name.
import { constants, generateKeyPairSync, sign } from 'node:crypto';
import t from 'tap';
import { adminOf } from '../admin/calls.js';
import { demo, startServer } from '../support.js';
import { Visit, basic, credentials, tokens } from './visit.js';
import type { KeyObject } from 'node:crypto';
import type { Policy } from '../../src/core/policy.js';
import type { Parameters } from './visit.js';

const server = await startServer();
t.teardown(() => server.close());

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const pem = (key: KeyObject): string => key.export({ type: 'spki', format: 'pem' }) as string;
const jwk = (key: KeyObject): Record<string, unknown> => ({ ...key.export({ format: 'jwk' }) });

/** 2026-01-01T00:00:00Z, at which the clock of a visit stands, in seconds. */
const start = 1_767_225_600;
const type = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer';
const part = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

const signers: Readonly<Record<string, (text: Buffer) => Buffer>> = {
  RS256: (text) => sign('sha256', text, rsa.privateKey),
  PS256: (text) =>
    sign('sha256', text, {
      key: rsa.privateKey,
      padding: constants.RSA_PKCS1_PSS_PADDING,
      saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
    }),
  ES256: (text) => sign('sha256', text, { key: ec.privateKey, dsaEncoding: 'ieee-p1363' }),
};

let used = 0;

function assertion(visit: Visit, claims: object = {}, alg = 'ES256', id = 'ec-client'): Parameters {
  const aud = visit.base + visit.provider.endpoints.token[0];
  const all = { iss: id, sub: id, aud, exp: start + 60, jti: `jti-${(used += 1)}`, ...claims };
  const signed = `${part({ alg })}.${part(all)}`;
  const signature = signers[alg]?.(Buffer.from(signed)).toString('base64url') ?? '';
  return { client_assertion_type: type, client_assertion: `${signed}.${signature}` };
}

function open(policy: Partial<Policy> = {}, name = 'mailup'): Visit {
  return new Visit(server, name, {
    clients: [
      { id: 'ec-client', publicKey: pem(ec.publicKey), redirectUris: [demo.redirectUri] },
      { id: 'rsa-client', publicKey: jwk(rsa.publicKey) },
      { id: 'both-client', publicKey: jwk(ec.publicKey), secret: 'both-secret' },
      { id: 'stripe-client', secret: 'sk_test_1:+' },
    ],
  }).policy({
    grants: ['authorization_code', 'refresh_token', 'client_credentials'],
    clientCredentialsIn: ['private-key-jwt', 'body', 'basic'],
    emptyParameters: 'omitted',
    ...policy,
  });
}

const ask = async (visit: Visit, parameters: Parameters, headers: Record<string, string> = {}): Promise<unknown> => {
  const { status } = await visit.token({ grant_type: 'client_credentials', ...parameters }, { headers });
  return status === 200 ? visit.entry().clientId : visit.entry().reason;
};

t.test('a client authenticates by a token that it signed with RS256, PS256 or ES256', async (t) => {
  const visit = open();
  t.equal(await ask(visit, assertion(visit)), 'ec-client');
  t.match(visit.entry().notes.join(), /client authentication: private-key-jwt/);
  t.equal(await ask(visit, assertion(visit, {}, 'RS256', 'rsa-client')), 'rsa-client');
  t.equal(await ask(visit, assertion(visit, {}, 'PS256', 'rsa-client')), 'rsa-client');
  t.equal(await ask(visit, assertion(visit, {}, 'RS256', 'ec-client')), 'client.assertion-signature');
  t.equal(await ask(visit, assertion(visit, {}, 'none')), 'client.assertion-malformed');
  t.equal(
    visit.entry().explanation,
    'client_assertion is malformed: alg is "none"; it can be RS256, PS256, ES256 (RFC 7523 §3)',
  );
});

t.test('an assertion redeems a code, and refreshes', async (t) => {
  const visit = open();
  const id = { client_id: 'ec-client', client_secret: undefined };
  const code = await visit.code({ client_id: 'ec-client' });
  const { refresh } = await tokens(await visit.exchange(code, { ...id, ...assertion(visit) }));
  t.equal((await visit.refresh(refresh, { ...id, ...assertion(visit) })).status, 200);
  t.equal((await visit.refresh(refresh, id)).status, 400, 'the client_id alone is not enough');
  t.equal(visit.entry().reason, 'client.secret-missing');
});

t.test('aud is the token endpoint or the base, here or at the provider, or a value of the policy', async (t) => {
  const visit = open({ assertionAudiences: ['https://revolut.example'] });
  const { base, provider } = visit;
  const good = [base, provider.origin, provider.origin + provider.endpoints.token[0], 'https://revolut.example'];
  for (const aud of good) t.equal(await ask(visit, assertion(visit, { aud })), 'ec-client', aud);
  t.equal(await ask(visit, assertion(visit, { aud: ['https://else.example', base] })), 'ec-client', 'one of several');
  for (const aud of [undefined, 7, [], ['https://else.example']]) {
    t.equal(await ask(visit, assertion(visit, { aud })), 'client.assertion-audience');
  }
});

t.test('an assertion needs its claims, an end, and one use', async (t) => {
  const visit = open();
  for (const claims of [{ iss: undefined }, { sub: 7 }, { jti: null }, { exp: '1' }, { exp: undefined }]) {
    t.equal(await ask(visit, assertion(visit, claims)), 'client.assertion-malformed', JSON.stringify(claims));
  }
  t.equal(await ask(visit, assertion(visit, { iss: 'nobody', sub: 'nobody' })), 'client.unknown');
  const { client_assertion } = assertion(visit);
  t.equal(await ask(visit, { client_assertion }), 'client.assertion-type');
  t.match(visit.entry().explanation, /client_assertion_type was not sent/);
  t.equal(await ask(visit, { client_assertion_type: type }), 'client.assertion-malformed');
  for (const wrong of ['a.b.c', `${part('text')}.${part({})}.`, `${part({})}.${part(null)}.`]) {
    t.equal(await ask(visit, { client_assertion: wrong, client_assertion_type: type }), 'client.assertion-malformed');
  }
  t.equal(await ask(visit, { ...assertion(visit), client_id: 'rsa-client' }), 'client.assertion-subject');
  t.match(visit.entry().explanation, /sub is "ec-client", and client_id is "rsa-client"; all must be/);
  visit.advance(59);
  const once = assertion(visit);
  t.equal(await ask(visit, once), 'ec-client');
  t.equal(await ask(visit, once), 'client.assertion-replayed');
  visit.advance(1);
  t.equal(await ask(visit, once), 'client.assertion-expired');
});

t.test('an assertion beside a secret is a second way of authentication', async (t) => {
  for (const clientCredentialsTwice of ['refused', 'basic-alone', 'parameters-first'] as const) {
    const visit = open({ clientCredentialsTwice });
    const both = assertion(visit, {}, 'ES256', 'both-client');
    const secret = { client_id: 'both-client', client_secret: 'both-secret' };
    t.equal(await ask(visit, secret), 'both-client');
    t.equal(await ask(visit, both), 'both-client');
    t.equal(await ask(visit, { ...both, ...secret }), 'client.credentials-twice', clientCredentialsTwice);
  }
});

t.test('an assertion is not read where the policy does not name it', async (t) => {
  const visit = open({ clientCredentialsIn: ['body'] });
  t.equal(await ask(visit, assertion(visit)), 'client.missing');
});

t.test('a client with a key alone has no secret that is right', async (t) => {
  const visit = open({ emptyParameters: 'sent' });
  t.equal(await ask(visit, { client_id: 'ec-client', client_secret: '' }), 'client.secret-wrong');
  t.equal(await ask(visit, {}, { authorization: basic('ec-client', '') }), 'client.secret-wrong');
});

t.test('the secret is the user name of Basic, and names the client', async (t) => {
  const visit = open({ clientCredentialsIn: ['basic-secret-as-user'] });
  t.equal(await ask(visit, {}, { authorization: basic(demo.secret, '') }), demo.id);
  t.match(visit.entry().notes.join(), /client authentication: basic-secret-as-user/);
  t.equal(await ask(visit, {}, { authorization: basic(encodeURIComponent('sk_test_1:+'), '') }), 'stripe-client');
  t.equal(await ask(visit, {}, { authorization: basic('sk_wrong', '') }), 'client.secret-unknown');
  t.equal(visit.entry().clientId, undefined);
  t.equal(await ask(visit, {}, { authorization: basic('', '') }), 'client.missing', 'no secret is no key');
  t.equal(await ask(visit, {}, { authorization: basic(demo.id, demo.secret) }), 'client.missing');
  visit.policy({ clientCredentialsIn: ['basic-secret-as-user', 'basic', 'body'] });
  t.equal(await ask(visit, {}, { authorization: basic(demo.id, demo.secret) }), demo.id, 'beside the usual way');
  const authorization = basic(demo.secret, '');
  t.equal(await ask(visit, { client_id: demo.id }, { authorization }), demo.id);
  t.equal(await ask(visit, { client_id: 'other-client' }, { authorization }), 'client.credentials-twice');
  t.equal(await ask(visit, credentials), demo.id);
});

t.test('the journal hides a secret that is a user name, and an assertion', async (t) => {
  const visit = open({ clientCredentialsIn: ['basic-secret-as-user', 'private-key-jwt'] });
  await ask(visit, {}, { authorization: basic(demo.secret, '') });
  await ask(visit, {}, { authorization: basic(encodeURIComponent('sk_test_1:+'), '') });
  await ask(visit, {}, { authorization: basic('sk_live_unknown', '') });
  const sent = assertion(visit);
  await ask(visit, sent);
  const { body } = await adminOf(`${server.url}/w/${visit.world.id}`)('GET /journal');
  const shown = JSON.stringify(body);
  t.match(shown, /Basic fp:[0-9a-f]+:"/);
  for (const secret of [demo.secret, 'sk_test_1', 'sk_live_unknown', sent.client_assertion!]) {
    t.notOk(shown.includes(secret), `${secret.slice(0, 15)} is hidden`);
  }
});

t.test('the admin API registers a client with a key, and a snapshot has it', async (t) => {
  const visit = open();
  const call = adminOf(`${server.url}/w/${visit.world.id}`);
  const path = '/providers/mailup/clients';
  const client = { id: 'new', publicKey: jwk(ec.publicKey) };
  const { status, body } = await call(`POST ${path}`, client);
  t.equal(status, 201);
  t.match(body, { ...client, confidential: true, secret: '' });
  t.equal(await ask(visit, assertion(visit, {}, 'ES256', 'new')), 'new');
  const { body: snapshot } = await call('GET /snapshot');
  t.equal((await call('PUT /snapshot', snapshot)).status, 200);
  t.same((await call('GET /snapshot')).body, snapshot);
  for (const publicKey of ['no key', {}, pem(generateKeyPairSync('ed25519').publicKey)]) {
    const refused = await call(`POST ${path}`, { id: 'bad', publicKey });
    t.equal(refused.status, 400);
    t.match(refused.body, { errors: [{ path: 'publicKey', message: /is not a public RSA or EC key/ }] });
  }
  t.equal((await call(`POST ${path}`, { id: 'keyed', publicKey: pem(ec.publicKey), confidential: true })).status, 201);
  t.equal((await call(`POST ${path}`, { id: 'bare', confidential: true })).status, 400);
});

t.test('a key of its own is not less strict than a secret', async (t) => {
  const visit = open({ clientCredentialsIn: ['private-key-jwt', 'body'], assertionAudiences: ['https://a.example'] });
  const call = adminOf(`${server.url}/w/${visit.world.id}`);
  const { body } = await call<{ relaxed: { field: string }[] }>('GET /providers/mailup');
  const fields = body.relaxed.map(({ field }) => field);
  t.notOk(fields.includes('clientCredentialsIn'));
  t.ok(fields.includes('assertionAudiences'));
});
