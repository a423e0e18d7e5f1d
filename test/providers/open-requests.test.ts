// Requests that the RFCs refuse and the providers accept. test/providers/strict-requests.test.ts has the refusals.
import t from 'tap';
import { demo, startServer } from '../support.js';
import { Visit, basic, credentials } from './visit.js';

const server = await startServer();
t.teardown(() => server.close());

const names = ['mailup', 'tinyemail', 'dottedsign'] as const;
const form = { 'content-type': 'application/x-www-form-urlencoded' };
const right = basic(demo.id, demo.secret);

for (const name of names) {
  t.test(
    `${name} answers HEAD at the authorization endpoint as GET [mailup.reading.authorize-methods] [tinyemail.reading.authorize-methods] [dottedsign.reading.authorize-methods]`,
    async (t) => {
      const visit = new Visit(server, name);
      const { headers } = await visit.fetch(visit.authorizeUrl(), { method: 'HEAD' });
      t.match(headers.get('location'), /[?&]code=/);
    },
  );

  t.test(
    `${name} reads a POST to the authorization endpoint from query and body [mailup.reading.authorize-places] [tinyemail.reading.authorize-places] [dottedsign.reading.authorize-places]`,
    async (t) => {
      const visit = new Visit(server, name).policy({ authorizePost: 'a-request' });
      const answer = await visit.fetch(`${visit.provider.endpoints.authorize[0]}?client_id=${demo.id}`, {
        method: 'POST',
        headers: form,
        body: new URLSearchParams({ response_type: 'code', redirect_uri: demo.redirectUri }).toString(),
      });
      t.match(answer.headers.get('location'), /[?&]code=/);
    },
  );

  t.test(
    `${name} accepts a secret in the URL [mailup.reading.secret-in-url] [tinyemail.reading.secret-in-url] [dottedsign.reading.secret-in-url]`,
    async (t) => {
      const visit = new Visit(server, name);
      t.match((await visit.authorize(credentials)).headers.get('location'), /[?&]code=/);
      const query = new URLSearchParams({ ...credentials, grant_type: 'refresh_token', refresh_token: 'x' }).toString();
      await visit.fetch(`${visit.provider.endpoints.token[0]}?${query}`, { method: 'POST' });
      t.equal(visit.entry().reason, 'refresh.unknown');
    },
  );
}

/** The reason that the journal has for a refresh with this Authorization header. */
async function refreshBy(name: string, authorization: string): Promise<string | undefined> {
  const visit = new Visit(server, name);
  await visit.fetch(visit.provider.endpoints.token[0], {
    method: 'POST',
    headers: { ...form, authorization },
    body: 'grant_type=refresh_token&refresh_token=x',
  });
  return visit.entry().reason;
}

t.test('base64 [mailup.reading.base64] [tinyemail.reading.base64] [dottedsign.reading.base64]', async (t) => {
  const unpadded = right.replace(/=+$/, '');
  t.not(unpadded, right);
  for (const name of names) t.equal(await refreshBy(name, unpadded), 'refresh.unknown', name);
  for (const name of ['mailup', 'dottedsign']) t.equal(await refreshBy(name, `${right}!!`), 'refresh.unknown', name);
  t.match(await refreshBy('tinyemail', `${right}!!`), /^client\./);
});

t.test(
  'a public client may use the client credentials grant [tinyemail.reading.public-client-credentials] [dottedsign.grants.public-client-credentials]',
  async (t) => {
    for (const name of ['tinyemail', 'dottedsign'] as const) {
      const publicClient = {
        id: 'public',
        confidential: false,
        redirectUris: [],
        grants: ['client_credentials' as const],
      };
      const visit = new Visit(server, name, { clients: [publicClient] });
      const answer = await visit.token({ client_id: 'public', grant_type: 'client_credentials' });
      t.equal(answer.status, 200, name);
    }
  },
);

t.test('dottedsign answers 403 whatever failed at revocation [dottedsign.revoke.client-failure]', async (t) => {
  const visit = new Visit(server, 'dottedsign');
  for (const client of [{ ...credentials, client_secret: 'wrong' }, { client_id: 'nobody' }, {}]) {
    const answer = await visit.token({ ...client, token: 'x' }, { path: '/v1/oauth/revoke' });
    t.match([answer.status, await answer.json()], [403, { error: 'unauthorized_client' }]);
  }
});

t.test('mailup reads a form and multipart at the authorization endpoint [mailup.authorize.multipart]', async (t) => {
  const visit = new Visit(server, 'mailup');
  const [path] = visit.provider.endpoints.authorize;
  const body = new FormData();
  for (const [name, value] of [
    ['client_id', demo.id],
    ['response_type', 'code'],
    ['redirect_uri', demo.redirectUri],
  ] as const) {
    body.set(name, value);
  }
  t.match((await visit.fetch(path, { method: 'POST', body })).headers.get('location'), /[?&]code=/);
  const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
  t.equal((await visit.fetch(path, json)).status, 400);
});
