// DottedSign's pages: what the consent form repeats, and Doorkeeper's pages beside the protocol.
import t from 'tap';
import { demo, startServer } from '../support.js';
import { Visit, hiddenFields, location, tokens } from './visit.js';

const server = await startServer();
t.teardown(() => server.close());
const visit = (): Visit => new Visit(server, 'dottedsign');

t.test(
  'the posted form is the request that is approved [dottedsign.authorize.form-fields] [dottedsign.authorize.errors-redirected] [dottedsign.authorize.undecided]',
  async (t) => {
    const client = visit();
    const { url, page } = await client.consentPage({ state: 'st', scope: 'third_party' });
    const fields = hiddenFields(page);
    const post = (change: Record<string, string | undefined>): Promise<Response> =>
      client.submit(url, { ...fields, commit: 'Authorize', ...change });

    const wrongScope = await post({ scope: 'unheard.of' });
    t.equal(wrongScope.status, 302);
    t.equal(
      wrongScope.headers.get('location'),
      `${demo.redirectUri}?error=invalid_scope&error_description=The+requested+scope+is+invalid%2C+unknown%2C+or+malformed.&state=st&error_code=400008&error_message=invalid+scope&error_key=invalid_scope`,
    );
    t.equal(client.entry().reason, 'scope.unknown');

    const json = async (change: Record<string, string | undefined>): Promise<unknown> => {
      const answer = await post(change);
      return [answer.status, answer.headers.get('cache-control'), await answer.text()];
    };
    t.same(await json({ redirect_uri: 'https://evil.example/', state: '<&>' }), [
      400,
      'no-cache',
      String.raw`{"error":"invalid_redirect_uri","error_description":"The requested redirect uri is malformed or doesn't match client redirect URI.","state":"\u003c\u0026\u003e"}`,
    ]);
    t.equal(client.entry().reason, 'authorize.redirect-uri-unregistered');
    t.match(await json({ client_id: 'nobody' }), [401, 'no-cache', /"error":"invalid_client"/]);
    t.match(await json({ client_id: undefined, state: ' ' }), [
      400,
      'no-cache',
      /"error_description":"Missing required parameter: client_id."/,
    ]);
    t.equal((await post({ client_id: '%', redirect_uri: undefined })).status, 401);

    const changed = location(await post({ scope: 'files.general.read', state: 'other' }));
    t.equal(changed.searchParams.get('state'), 'other');
    const { body } = await tokens(await client.exchange(changed.searchParams.get('code') ?? ''));
    t.match(body, /"scope":"files\.general\.read"/);

    const plain = await visit().policy({ consentFormFields: 'ignored' }).consentPage({ state: 'st' });
    t.match(plain.page, /name="commit" value="Authorize"/);
  },
);

t.test('each consent form brings a new code [dottedsign.authorize.form-twice]', async (t) => {
  const client = visit();
  const { url, page } = await client.consentPage({ state: 'st' });
  const send = async (): Promise<string> =>
    location(await client.submit(url, { ...hiddenFields(page), commit: 'Authorize' })).searchParams.get('code') ?? '';
  const first = await send();
  const second = await send();
  t.not(first, second);
  await tokens(await client.exchange(second));
  await tokens(await client.exchange(first));

  client.policy({ consentFormTwice: 'same-code', consentFormFields: 'ignored' });
  const third = await send();
  t.equal(await send(), third, 'same-code: while it is unspent');
});

t.test('_method=delete is a denial, whatever else the form has [dottedsign.authorize.undecided]', async (t) => {
  for (const method of ['delete', 'DELETE']) {
    const client = visit();
    const { url, page } = await client.consentPage({ state: 'st' });
    const denied = await client.submit(url, { ...hiddenFields(page), _method: method, commit: 'Authorize' });
    t.equal(location(denied).searchParams.get('error'), 'access_denied');
  }
});

t.test('a denial without a callback is JSON [dottedsign.authorize.out-of-band-denied]', async (t) => {
  const oob = 'urn:ietf:wg:oauth:2.0:oob';
  const client = new Visit(server, 'dottedsign', { clients: [{ id: 'oob', secret: 's', redirectUris: [oob] }] });
  const { url, page } = await client.consentPage({ client_id: 'oob', redirect_uri: oob, state: 'st' });
  const denied = await client.submit(url, { ...hiddenFields(page, 1), _method: 'delete', commit: 'Deny' });
  t.equal(denied.status, 400);
  t.equal(denied.headers.get('cache-control'), 'no-cache');
  t.equal(
    await denied.text(),
    '{"error":"access_denied","error_description":"The resource owner or authorization server denied the request.","state":"st"}',
  );
});

t.test('an unknown response_mode is refused on a page [dottedsign.authorize.response-mode-unknown]', async (t) => {
  const refused = await visit().authorize({ response_mode: 'magic' });
  t.equal(refused.status, 200);
  t.match(await refused.text(), 'The authorization server does not support this response mode.');
});

t.test(
  'a client_secret at the authorization endpoint is passed over [dottedsign.authorize.client-secret]',
  async (t) => {
    const client = visit();
    t.match((await client.authorize({ client_secret: 'wrong' })).headers.get('location'), /\?code=/);
    client.policy({ secretAtAuthorize: 'checked' });
    await client.authorize({ client_secret: 'wrong' });
    t.equal(client.entry().reason, 'authorize.secret-wrong');
  },
);

t.test('embedded_signing is granted only if it is named [dottedsign.scopes.on-demand]', async (t) => {
  const client = visit();
  const scopeOf = async (scope?: string): Promise<string> => {
    const answer = await client.token({
      grant_type: 'client_credentials',
      client_id: demo.id,
      client_secret: demo.secret,
      scope,
    });
    return ((await answer.json()) as { scope: string }).scope;
  };
  t.notMatch(await scopeOf(), 'embedded_signing');
  t.equal(await scopeOf('embedded_signing'), 'embedded_signing');
});

t.test(
  "Doorkeeper's pages beside the protocol [dottedsign.account-pages] [dottedsign.account-pages.others]",
  async (t) => {
    const client = visit();
    for (const prefix of ['/oauth', '/v1/oauth']) {
      for (const path of [
        '/applications',
        '/applications/',
        '/applications/new',
        '/applications/7',
        '/applications/7/edit',
      ]) {
        const closed = await client.fetch(prefix + path);
        t.same([closed.status, await closed.text()], [403, ''], prefix + path);
      }
      for (const [path, method] of [
        ['/applications', 'POST'],
        ['/applications/7', 'DELETE'],
        ['/authorized_applications/7', 'DELETE'],
      ] as const) {
        t.equal((await client.fetch(prefix + path, { method })).status, 422, `${method} ${path}`);
      }
      t.equal((await client.fetch(`${prefix}/applications/7/more/8`)).status, 404);
    }

    const path = '/oauth/authorized_applications';
    const sent = await client.fetch(path);
    t.equal(sent.status, 302);
    const loginUrl = server.url + (sent.headers.get('location') ?? '');
    const login = await (await client.fetch(loginUrl)).text();
    const person = { username: demo.username, password: demo.password };
    const back = await client.submit(loginUrl, { ...hiddenFields(login), ...person });
    t.match(back.headers.get('location'), path);
    t.match(await (await client.fetch(path)).text(), 'No application has access');

    client.policy({ interaction: { mode: 'auto', user: demo.username, decision: 'allow' } });
    const { access } = await client.pair();
    t.match(await (await client.fetch(path)).text(), '<li>Demo</li>');
    client.realm.clients.delete(demo.id);
    t.match(await (await client.fetch(path)).text(), `<li>${demo.id}</li>`);
    client.realm.accessTokens.get(access)!.revokedAt = 0;
    t.match(await (await client.fetch(path)).text(), 'No application has access');
  },
);

t.test('an internal error at the consent form is a 500, and no denial', async (t) => {
  const client = visit();
  const { url, page } = await client.consentPage({ state: 'st' });
  const { codes } = server.realm('dottedsign', client.world.id);
  codes.set = () => {
    throw new Error('broken');
  };
  const answer = await client.submit(url, { ...hiddenFields(page), commit: 'Authorize' });
  t.equal(answer.status, 500);
});
