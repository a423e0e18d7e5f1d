// How tinyEmail writes a refusal, and what a refused refresh leaves behind, as in legacy Spring Security OAuth.
import t from 'tap';
import { request } from '../raw.js';
import { startServer } from '../support.js';
import { Visit, other, tokens } from './visit.js';

const server = await startServer();
t.teardown(() => server.close());
const visit = (): Visit => {
  const client = new Visit(server, 'tinyemail');
  const scopes = Object.fromEntries(['import_customers', 'a', 'b'].map((name) => [name, { words: name }]));
  Object.assign(client.realm, { scopes });
  return client;
};
const described = async (answer: Promise<Response>): Promise<unknown> =>
  ((await (await answer).json()) as { error_description: unknown }).error_description;

t.test('a JSON body has the description as HTML [tinyemail.error.escaped]', async (t) => {
  const client = visit();
  for (const [sent, shown] of [
    ['caf\u00e9', 'caf&eacute;'],
    ['\u00a0\u00ff', '&nbsp;&yuml;'],
    ['\u20ac\u2019\u03a9\u2665\u0152', '&euro;&rsquo;&Omega;&hearts;&OElig;'],
    ['&eacute;', '&amp;eacute;'],
    ['\u0142\u4e2d\u{1f600}\u0080', '\u0142\u4e2d\u{1f600}\u0080'],
  ] as const) {
    t.equal(await described(client.refresh(sent)), `Invalid refresh token: ${shown}`);
  }
  client.policy({ descriptionInJson: 'as-it-is' });
  t.equal(await described(client.refresh('<\u00e9>')), 'Invalid refresh token: <\u00e9>');
});

t.test('a challenge has it as it is [tinyemail.error.challenge-raw] [tinyemail.api.scope]', async (t) => {
  const client = visit();
  const challenge = async (token: string): Promise<string | undefined> => {
    const query = `access_token=${encodeURIComponent(token)}`;
    const { headers } = await request(server.url, `GET ${client.path}/v1/contacts?${query}`);
    return headers['www-authenticate'];
  };
  const unknown = (text: string): string =>
    `Bearer realm="oauth2-resource", error="invalid_token", error_description="Invalid access token: ${text}"`;
  t.equal(await challenge('a"b\\c'), unknown('a"b\\c'));
  t.equal(await challenge('a  b\r\nX-Injected: 1'), unknown('a b X-Injected: 1'));
  t.equal(await challenge('\u00e9\u4e2d\u{1f600}\u0085'), unknown('????'));
  client.policy({ descriptionInChallenge: 'escaped' });
  t.equal(await challenge('a"b\\c  d\u00e9'), unknown('a\\"b\\\\c d'));

  const { access } = await client.pair({ scope: 'a' });
  const refused = await client.api('/account/customer/x%40example.test', access);
  t.same(
    [refused.status, refused.headers.get('www-authenticate')],
    [
      403,
      'Bearer error="insufficient_scope", error_description="Insufficient scope for this resource", scope="import_customers"',
    ],
  );
});

t.test('a refused refresh ends the access token [tinyemail.refresh.refused]', async (t) => {
  const client = visit();
  const status = async (token: string): Promise<number> => (await client.api('/contacts', token)).status;

  const first = await client.pair({ scope: 'a' });
  t.equal((await client.refresh(first.refresh, other)).status, 400);
  t.equal(await status(first.access), 200, 'another client ends nothing');
  t.equal((await client.refresh(first.refresh, { scope: 'unknown' })).status, 400);
  t.equal(await status(first.access), 200, 'an unknown scope is refused before');
  t.equal((await client.refresh(first.refresh, { scope: 'b' })).status, 400);
  t.equal(client.entry().reason, 'scope.wider-than-granted');
  t.equal(await status(first.access), 401);
  t.match(client.entry().explanation, /\(a refresh that was refused ended it\)$/);
  t.not((await client.pair({ scope: 'a' })).refresh, first.refresh, 'the next code buys a new pair');
  t.equal((await client.refresh(first.refresh)).status, 200, 'the refresh token lives on');

  client.policy({ refreshTokenSeconds: 3600 });
  const second = await client.pair({ scope: 'b' });
  client.advance(3601);
  t.equal(await status(second.access), 200);
  t.equal((await client.refresh(second.refresh)).status, 401);
  t.equal(await status(second.access), 401);

  const third = await client.pair({ scope: 'a b' });
  client.realm.accessTokens.delete(third.access);
  t.equal((await client.refresh(third.refresh, { scope: 'import_customers' })).status, 400, 'one that is forgotten');

  client.policy({ refusedRefresh: 'changes-nothing' });
  const fourth = await client.pair({ scope: 'import_customers' });
  t.equal((await client.refresh(fourth.refresh, { scope: 'a' })).status, 400);
  t.equal(await status(fourth.access), 200);
  t.ok((await tokens(await client.refresh(fourth.refresh))).access);
});
