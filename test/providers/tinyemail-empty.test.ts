// Parameters without a value at tinyEmail. Legacy Spring Security OAuth tests some for null, and others for text.
import t from 'tap';
import { demo, startServer } from '../support.js';
import { Visit, basic, credentials, tokens } from './visit.js';

const server = await startServer();
t.teardown(() => server.close());
const visit = (): Visit =>
  new Visit(server, 'tinyemail', { clients: [{ id: 'app', redirectUris: [demo.redirectUri] }] });
const authorization = basic(demo.id, demo.secret);

/** Status, error and description of an answer. */
async function outcome(answer: Promise<Response>): Promise<unknown[]> {
  const response = await answer;
  const { error, error_description } = (await response.json()) as Record<string, string>;
  return error === undefined ? [response.status] : [response.status, error, error_description];
}

const badCredentials = [401, 'invalid_client', 'Bad client credentials'];
const mismatch = [400, 'invalid_grant', 'Redirect URI mismatch.'];

t.test('the token endpoint [tinyemail.reading.empty]', async (t) => {
  const client = visit();
  t.same(await outcome(client.exchange('')), [400, 'invalid_grant', 'Invalid authorization code: ']);
  t.match(client.entry().notes, ['"code" was sent without a value, and counts (RFC 6749 §3.1 takes it as omitted)']);
  t.same(await outcome(client.exchange(await client.code(), { redirect_uri: '' })), mismatch);
  t.same(await outcome(client.refresh('')), [400, 'invalid_request', 'refresh_token parameter not provided']);
  t.equal(client.entry().explanation, 'refresh_token was sent without a value');
  for (const grant_type of ['', ' ', '\t']) {
    t.same(
      await outcome(client.token({ ...credentials, grant_type })),
      [400, 'invalid_request', 'Missing grant type'],
      JSON.stringify(grant_type),
    );
  }
  for (const scope of ['', ' ']) {
    t.same(await outcome(client.exchange(await client.code(), { scope })), [200], JSON.stringify(scope));
  }
  const sent = { grant_type: 'refresh_token', refresh_token: 'x' };
  for (const empty of [{ client_id: '' }, { client_id: demo.id, client_secret: '' }]) {
    t.same(await outcome(client.token({ ...sent, ...empty })), badCredentials, Object.keys(empty).join());
    t.same(
      await outcome(client.token({ ...sent, ...empty }, { headers: { authorization } })),
      badCredentials,
      `${Object.keys(empty).join()} beside Basic`,
    );
  }
  const code = await client.code({ client_id: 'app' });
  t.same(await outcome(client.exchange(code, { client_id: 'app', client_secret: '' })), [200], 'a public client');
});

t.test('the authorization endpoint [tinyemail.reading.empty] [tinyemail.authorize.secret]', async (t) => {
  const client = visit();
  const page = async (parameters: Record<string, string>, status: number, text: string): Promise<void> => {
    const answer = await client.authorize(parameters);
    t.equal(answer.status, status);
    t.ok((await answer.text()).includes(text), text);
  };
  await page({ client_id: '' }, 401, 'Bad client credentials');
  await page({ redirect_uri: '' }, 400, 'Invalid redirect:  does not match one of the registered values.');
  const back = async (parameters: Record<string, string>): Promise<string | null> =>
    (await client.authorize(parameters)).headers.get('location');
  t.match(await back({ response_type: '' }), /\?error=unsupported_response_type&error_description=[^&]*%5B%5D$/);
  t.match(await back({ state: '', scope: '' }), /\?code=\w{6}&state=$/);
  for (const client_secret of ['', 'wrong']) t.match(await back({ client_secret }), /\?code=\w{6}$/, client_secret);
  client.policy({ secretAtAuthorize: 'checked' });
  await page({ client_secret: 'wrong' }, 400, 'Client authentication failed.');
});

t.test('the API [tinyemail.reading.empty]', async (t) => {
  const client = visit();
  const { access } = await client.pair();
  const unknown = [401, 'invalid_token', 'Invalid access token: '];
  t.same(await outcome(client.fetch('/v1/contacts?access_token=')), unknown);
  t.same(await outcome(client.fetch(`/v1/contacts?access_token=${access}`)), [200]);
});

t.test('a policy takes them as omitted', async (t) => {
  const client = visit().policy({ emptyParameters: 'omitted' });
  t.same(await outcome(client.exchange('')), [400, 'invalid_request', 'An authorization code must be supplied.']);
  t.same(await outcome(client.token({ ...credentials, grant_type: ' ' })), [
    400,
    'unsupported_grant_type',
    'Unsupported grant type',
  ]);
  t.match((await client.authorize({ state: '' })).headers.get('location'), /\?code=\w{6}$/);
  t.ok(
    (
      await tokens(
        await client.token({ ...credentials, client_id: '', ...(await code(client)) }, { headers: { authorization } }),
      )
    ).access,
  );
});

const code = async (client: Visit): Promise<Record<string, string>> => ({
  grant_type: 'authorization_code',
  code: await client.code(),
  redirect_uri: demo.redirectUri,
  client_secret: '',
});
