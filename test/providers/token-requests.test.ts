// What the token endpoints take beyond RFC 6749, as Rails and the servlet container of legacy Spring do.
import t from 'tap';
import { demo, startServer } from '../support.js';
import { request } from '../raw.js';
import { Visit, basic, credentials } from './visit.js';
import type { RealmSetup } from './visit.js';

const server = await startServer();
t.teardown(() => server.close());
const dottedsign = (setup?: RealmSetup): Visit => new Visit(server, 'dottedsign', setup);
const tinyemail = (setup?: RealmSetup): Visit => new Visit(server, 'tinyemail', setup);

const formType = 'application/x-www-form-urlencoded';
const right = basic(demo.id, demo.secret);

/** The parameters of a code exchange, with a new code. */
async function exchange(visit: Visit, client: Record<string, string> = credentials): Promise<Record<string, string>> {
  const code = await visit.code();
  return { grant_type: 'authorization_code', code, redirect_uri: demo.redirectUri, ...client };
}

const form = (parameters: Record<string, string>): string => new URLSearchParams(parameters).toString();
const post = (visit: Visit, body: string, { type = formType, query = '', headers = {} } = {}): Promise<Response> =>
  visit.fetch(visit.provider.endpoints.token[0] + query, {
    method: 'POST',
    headers: { 'content-type': type, ...headers },
    body,
  });

t.test('DottedSign reads a multipart body', async (t) => {
  const visit = dottedsign();
  const parts = Object.entries(await exchange(visit)).map(
    ([name, value]) => `--XX\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  t.equal((await post(visit, `${parts.join('')}--XX--\r\n`, { type: 'multipart/form-data; boundary=XX' })).status, 200);
});

t.test('DottedSign reads a form without a Content-Type', async (t) => {
  const visit = dottedsign();
  const line = `POST ${visit.path}${visit.provider.endpoints.token[0]}`;
  t.equal((await request(server.url, line, [], form(await exchange(visit)))).status, 200);
});

t.test('DottedSign leaves a body of another type unread', async (t) => {
  const answer = await post(dottedsign(), form({ grant_type: 'refresh_token', ...credentials }), {
    type: 'text/plain',
  });
  t.equal(answer.status, 400);
  t.match(await answer.json(), { error_description: 'Missing required parameter: grant_type.' });
});

t.test('tinyEmail leaves a JSON body unread and goes by the query', async (t) => {
  const visit = tinyemail();
  const json = { type: 'application/json', headers: { authorization: right } };
  const query = `?${form(await exchange(visit, {}))}`;
  t.equal((await post(visit, '{}', { ...json, query })).status, 200);

  const refresh = { grant_type: 'refresh_token', refresh_token: 'x' };
  const alone = await post(visit, JSON.stringify(refresh), json);
  t.equal(alone.status, 400);
  t.match(await alone.json(), { error: 'invalid_request', error_description: 'Missing grant type' });

  const nobody = await post(visit, JSON.stringify({ ...refresh, ...credentials }), { type: 'application/json' });
  t.equal(nobody.status, 401, 'the client in the body is not seen either');
});

for (const visitor of [tinyemail, dottedsign]) {
  const { name } = visitor().provider;

  t.test(`${name}: a repeated parameter is no error`, async (t) => {
    const visit = visitor();
    const again = async (suffix: string, query = ''): Promise<number> =>
      (await post(visit, form(await exchange(visit)) + suffix, { query })).status;
    t.equal(await again('&grant_type=authorization_code'), 200, 'grant_type twice, the same');
    t.equal(await again('', `?client_id=${demo.id}`), 200, 'client_id in the query and in the body');
    t.equal(await again('&x[]=1&x[]=2'), 200, 'an unknown list');
    t.ok((await visit.fetch(`${visit.authorizeUrl()}&prompt=login&prompt=consent`)).headers.has('location'));
  });

  t.test(`${name}: Basic is taken raw`, async (t) => {
    const secret = 's+e c/r';
    const visit = visitor({ clients: [{ id: 'c', secret, redirectUris: [demo.redirectUri] }] });
    const by = async (sent: string): Promise<number> => {
      const code = await visit.code({ client_id: 'c', state: 'q'.repeat(24) });
      const parameters = form({ grant_type: 'authorization_code', code, redirect_uri: demo.redirectUri });
      return (await post(visit, parameters, { headers: { authorization: basic('c', sent) } })).status;
    };
    t.equal(await by('s%2Be+c%2Fr'), 401, 'form-encoded');
    t.equal(await by(secret), 200, 'raw');
    const answer = await fetch(`${server.url}/w/${visit.world.id}/__admin/findings`);
    const { findings } = (await answer.json()) as { findings: readonly { rule: string }[] };
    t.notOk(
      findings.some(({ rule }) => rule === 'basic-not-encoded'),
      'the advice to encode would break the client',
    );
  });
}

t.test('DottedSign looks at Basic alone, where there is one', async (t) => {
  const visit = dottedsign();
  const by = async (client: Record<string, string>, authorization: string): Promise<Response> =>
    post(visit, form(await exchange(visit, client)), { headers: { authorization } });
  t.equal((await by({ client_id: demo.id, client_secret: 'nope' }, right)).status, 200);
  const refused = await by(credentials, basic(demo.id, 'nope'));
  t.equal(refused.status, 401);
  t.match(await refused.json(), { error: 'invalid_client' });
});

t.test('tinyEmail looks at the parameters before Basic', async (t) => {
  const visit = tinyemail();
  const by = async (client: Record<string, string>, authorization: string): Promise<number> =>
    (await post(visit, form(await exchange(visit, client)), { headers: { authorization } })).status;
  t.equal(await by({ client_id: demo.id }, right), 401, 'an id without a secret fails before Basic is looked at');
  t.equal(await by(credentials, basic(demo.id, 'nope')), 200);
});

t.test('DottedSign splits scopes at any white space', async (t) => {
  const visit = dottedsign();
  for (const scope of ['sign_tasks.general.read  files.general.read', ' sign_tasks.general.read ']) {
    t.ok((await visit.authorize({ scope })).headers.has('location'), `authorize with ${JSON.stringify(scope)}`);
    t.equal((await visit.token({ grant_type: 'client_credentials', scope, ...credentials })).status, 200);
  }
});

t.test('tinyEmail checks the scope of a code exchange', async (t) => {
  const visit = tinyemail();
  const answer = await visit.exchange(await visit.code(), { scope: 'bogus' });
  t.equal(answer.status, 400);
  t.match(await answer.json(), { error: 'invalid_scope', error_description: 'Invalid scope: bogus' });
});

t.test('parameters in a body that the policy leaves out are named in the explanation', async (t) => {
  const visit = dottedsign().policy({ tokenParametersIn: ['query'] });
  t.equal((await post(visit, form({ grant_type: 'client_credentials', ...credentials }))).status, 400);
  const { reason, explanation } = visit.entry();
  t.equal(reason, 'grant.missing');
  t.match(explanation, /body/);
  const query = `?${form({ grant_type: 'client_credentials', ...credentials })}`;
  t.equal((await post(visit, 'grant_type=magic', { query })).status, 200);
});

t.test('a note about a parameter stands once, with a name of limited length', async (t) => {
  const visit = dottedsign();
  const twice = `${'n'.repeat(70)}=1&${'n'.repeat(70)}=2`;
  await post(visit, `grant_type=client_credentials&${form(credentials)}&${twice}`, { query: `?${twice}` });
  const notes = visit.entry().notes.filter((note) => note.includes('was sent 2 times'));
  t.same(notes, [`"${'n'.repeat(60)}…" was sent 2 times; the last value counts`]);
});

t.test('MailUp reads a parameter that cannot be decoded as it stands', async (t) => {
  const visit = new Visit(server, 'mailup');
  for (const [pair, shown] of [
    ['a%zz=b%41', 'a%zz'],
    ['a%41=b%zz', 'aA'],
  ] as const) {
    await post(visit, `grant_type=magic&${form(credentials)}&${pair}`);
    t.equal(visit.entry().reason, 'grant.unsupported');
    t.match(visit.entry().notes, [`"${shown}" cannot be percent-decoded as UTF-8, and is read as it stands`]);
  }
  await post(visit, `${form(credentials)}&grant_type=%zz`);
  t.match(visit.entry().explanation, '"%zz"');
});

t.test('of a parameter in body and query the empty one does not count, where two are refused', async (t) => {
  const visit = new Visit(server, 'mailup');
  for (const [inBody, inQuery] of [
    [demo.secret, ''],
    ['', demo.secret],
  ] as const) {
    const code = await visit.code();
    const rest = { grant_type: 'authorization_code', code, redirect_uri: demo.redirectUri, client_id: demo.id };
    const query = `?client_secret=${inQuery}`;
    t.equal((await post(visit, form({ ...rest, client_secret: inBody }), { query })).status, 200);
  }
});

t.test('an access token that is a list in JSON: the first or the last item counts, by policy', async (t) => {
  const visit = tinyemail().policy({ tokenBodyTypes: ['form', 'json'] });
  const { access } = await visit.pair();
  const call = async (list: readonly unknown[]): Promise<string | undefined> => {
    const body = JSON.stringify({ [visit.realm.policy.bearerParameters[0]!]: list });
    await visit.api('/nothing', undefined, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
    return visit.entry().reason;
  };
  const right = await call([access]);
  t.not(right, 'bearer.unknown');
  t.equal(await call([access, 'x']), right);
  t.equal(await call(['x', access]), 'bearer.unknown');
  visit.policy({ parametersRepeated: 'last' });
  t.equal(await call(['x', access]), right);
  t.equal(await call([access, 'x']), 'bearer.unknown');
});

t.test('token info of DottedSign: only an invalid token has the one description', async (t) => {
  const visit = dottedsign();
  const { access } = await visit.pair();
  visit.policy({ bearerTwice: 'refused' });
  const path = `/oauth/token/info?access_token=${access}`;
  const answer = await visit.fetch(path, { headers: { authorization: `Bearer ${access}` } });
  t.equal(visit.entry().reason, 'bearer.twice');
  t.notMatch(await answer.json(), { error_description: 'The access token is invalid' });
  t.equal((await visit.fetch(path)).status, 200);
});

t.test('a number in JSON is read as its text, where a policy accepts JSON', async (t) => {
  const client = new Visit(server, 'mailup');
  const { status } = await client
    .policy({ tokenBodyTypes: ['form', 'json'] })
    .fetch(client.provider.endpoints.token[0], {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ grant_type: 5, client_id: demo.id, client_secret: demo.secret }),
    });
  t.equal(status, 400);
  t.match(client.entry(), { reason: 'grant.unsupported', explanation: /grant_type was "5"/ });
});

t.test('a grant for the clients that name it is refused to a request without a client', async (t) => {
  const visit = new Visit(server, 'mailup').policy({
    grants: ['refresh_token'],
    grantsPerClient: ['authorization_code'],
    clientAtCodeExchange: 'optional',
  });
  t.equal((await visit.token({ grant_type: 'authorization_code', code: 'x' })).status, 400);
  t.equal(visit.entry().reason, 'grant.unauthorized');
  t.match(visit.entry().explanation, /"\(none\)"/);
});
