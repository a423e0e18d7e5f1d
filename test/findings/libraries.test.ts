import t from 'tap';
import { judge } from '../../src/findings/report.js';
import { urlsOf } from '../../src/http/urls.js';
import { findProvider } from '../../src/providers/index.js';
import { Browser } from '../journeys/browserless.js';
import { clientId, libraries, secret } from '../journeys/libraries.js';
import { atOnce, demo, startServer } from '../support.js';
import { Stage } from './stage.js';

/** MailUp sends no token_type and no state. Only one of the libraries accepts that. */
const providers: Readonly<
  Record<string, { readonly scope: string; readonly resource: string; readonly fits: readonly string[] }>
> = {
  mailup: { scope: '', resource: '/ConsoleService.svc/Console/Authentication/Info', fits: ['simple-oauth2'] },
  tinyemail: {
    scope: 'import_customers',
    resource: '/account/customer/reader%40example.test',
    fits: Object.keys(libraries),
  },
  dottedsign: {
    scope: 'third_party sign_tasks.general.read sign_tasks.general.write',
    resource: '/members/me',
    fits: Object.keys(libraries),
  },
};

for (const [name, { scope, resource, fits }] of Object.entries(providers)) {
  for (const title of fits) {
    t.test(`${title}, used at ${name} according to its documentation, gets a report without errors`, async (t) => {
      const server = await startServer();
      t.teardown(() => server.close());
      // the id and the secret are such that form-encoding changes them, which some of the libraries do and some do not
      server.policy(name, { basicDecoding: 'any' });
      const world = server.world();
      world.clock.frozen = true;
      const urls = urlsOf(findProvider(name)!, server.url, 'default');
      const client = await libraries[title]!({ urls, scope, resource: urls.apiUrl + resource });
      t.teardown(() => client.close());
      server.realm(name).clients.set(clientId, {
        id: clientId,
        secret,
        name: title,
        redirectUris: [client.redirectUri],
        grants: ['authorization_code', 'refresh_token'],
        scopes: undefined,
        confidential: true,
      });

      // Two sign-ins in two browsers; then calls, an expiry, a refresh and calls with the tokens of one.
      await client.signIn(new Browser());
      const first = await client.signIn(new Browser());
      t.equal((await client.call(first.accessToken)).status, 200);
      world.clock.set(world.clock.now() + server.realm(name).policy.accessTokenSeconds * 1000);
      t.equal((await client.call(first.accessToken)).status, 401);
      const second = await client.refresh(first.refreshToken);
      t.equal((await client.call(second.accessToken)).status, 200);

      const { findings, judged } = atOnce(judge(world));
      t.ok(judged.entries > 8);
      t.same(
        findings.filter(({ severity }) => severity === 'error').map(({ rule, cases }) => [rule, cases]),
        [],
      );
      t.comment(findings.map(({ severity, rule }) => `${severity} ${rule}`).join(', '));
    });
  }
}

t.test('the samples of MailUp get only notes', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const stage = new Stage(server, 'mailup');
  t.teardown(() => {
    stage.close();
  });
  const credentials = { client_id: demo.id, client_secret: demo.secret };
  const { code } = await stage.authorize({
    client_secret: demo.secret,
    state: undefined,
    code_challenge: undefined,
    code_challenge_method: undefined,
  });
  await stage.send(stage.urls.tokenUrl, { query: { code, grant_type: 'authorization_code' } });
  const { body } = await stage.token({
    grant_type: 'password',
    username: demo.username,
    password: demo.password,
    ...credentials,
  });
  await stage.call(body.access_token);
  await stage.token(
    { grant_type: 'refresh_token', refresh_token: String(body.refresh_token), ...credentials },
    { headers: {} },
  );
  t.same([...new Set(stage.found().map((each) => each.split(' ')[0]))], ['note']);
  t.same(
    stage
      .report()
      .findings.map(({ rule }) => rule)
      .sort(),
    ['credentials-twice', 'no-csrf-protection', 'password-grant-used', 'secret-in-url'],
  );
});
