// Which page comes first at tinyEmail's authorization endpoint.
import t from 'tap';
import { demo, startServer } from '../support.js';
import { Visit, hiddenFields } from './visit.js';

const server = await startServer();
t.teardown(() => server.close());

t.test('the login page comes before any check [tinyemail.authorize.login-first]', async (t) => {
  for (const wrong of [{ client_id: 'nobody' }, { redirect_uri: 'https://evil.example.test/' }, { scope: 'x' }]) {
    const client = new Visit(server, 'tinyemail').policy({ interaction: { mode: 'manual' } });
    const sent = await client.authorize(wrong);
    t.equal(sent.status, 302);
    const to = sent.headers.get('location')!;
    t.match(to, /\/tinyemail\/api\/authorization-server\/login\?/);
    t.match(client.entry().notes.join(), /the login page comes first; after it the request will be refused/);
    const url = server.url + to;
    const page = await (await client.fetch(url)).text();
    const after = await client.submit(url, {
      ...hiddenFields(page),
      username: demo.username,
      password: demo.password,
    });
    const next = await client.fetch(server.url + after.headers.get('location')!);
    if ('scope' in wrong) t.match(next.headers.get('location'), /\?error=invalid_scope&/);
    else t.match(await next.text(), /<h1>OAuth Error<\/h1>/);

    client.cookie = '';
    client.policy({ loginPage: 'after-the-checks' });
    t.notMatch((await client.authorize(wrong)).headers.get('location') ?? '', '/login');
  }
});

t.test('an authorization request is not posted [tinyemail.authorize.post]', async (t) => {
  const client = new Visit(server, 'tinyemail');
  const [path, query] = client.authorizeUrl().split('?') as [string, string];
  const post = (): Promise<Response> =>
    client.fetch(path, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: query,
    });
  t.equal((await post()).status, 403);
  t.equal(client.entry().reason, 'page.forged');
  client.policy({ authorizePost: 'a-request' });
  t.match((await post()).headers.get('location'), /\?code=/);
});
