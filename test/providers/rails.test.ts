import { request as httpRequest } from 'node:http';
import t from 'tap';
import { demo, startServer } from '../support.js';
import { Visit, credentials } from './visit.js';
import type { IncomingHttpHeaders } from 'node:http';

const server = await startServer();
t.teardown(() => server.close());
const visit = (): Visit => new Visit(server, 'dottedsign');

interface Seen {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends a request with these headers alone; fetch would add an Accept. */
function send(
  method: string,
  url: string,
  headers: Readonly<Record<string, string>> = {},
  body?: string,
): Promise<Seen> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest(url, { method, headers }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => {
        resolve({ status: response.statusCode!, headers: response.headers, body: text });
      });
    });
    sent.on('error', reject);
    sent.end(body);
  });
}

const form = { 'content-type': 'application/x-www-form-urlencoded' };
const own = { grant_type: 'client_credentials', ...credentials } as Record<string, string>;
const ask = new URLSearchParams(own).toString();
const token = (client: Visit, headers: Record<string, string> = {}, path = '/oauth/token', body = ask): Promise<Seen> =>
  send('POST', `${client.base}${path}`, { ...form, ...headers }, body);
const rails = [
  'x-frame-options',
  'x-xss-protection',
  'x-content-type-options',
  'x-download-options',
  'x-permitted-cross-domain-policies',
  'referrer-policy',
];
const railsOf = ({ headers }: Seen): number => rails.filter((name) => headers[name] !== undefined).length;

t.test('Vary stands where Rails read the header Accept [dottedsign.rails-headers.vary]', async (t) => {
  const client = visit();
  const varies = async (accept: string | undefined, more: Record<string, string> = {}, path?: string, body?: string) =>
    (await token(client, { ...(accept === undefined ? {} : { accept }), ...more }, path, body)).headers.vary;
  for (const accept of ['*/*', 'application/json', 'text/html', 'application/json, text/plain', ' */* ']) {
    t.equal(await varies(accept), 'Accept', accept);
  }
  for (const accept of [undefined, '', ' ', 'application/json, text/plain, */*', 'a/b,*/*;q=0.8', '*/* , a/b']) {
    t.equal(await varies(accept), undefined, String(accept));
  }
  const script = { 'x-requested-with': 'xmlhttprequest' };
  t.equal(await varies(undefined, script), 'Accept', 'a script with a Content-Type');
  t.equal(await varies('a/b, */*', script), 'Accept', 'a script with an Accept');
  const info = await send('GET', `${client.base}/oauth/token/info`, script);
  t.equal(info.headers.vary, undefined, 'a script with neither');
  t.equal(await varies('*/*', {}, '/oauth/token?format=xml'), undefined, 'a parameter format');
  t.equal(await varies('*/*', {}, '/oauth/token', `${ask}&format=`), undefined, 'an empty one in the body');
  t.equal(await varies('*/*', {}, '/oauth/token.json'), undefined, 'the format at the end of the path');
  t.equal(await varies('*/*', {}, '/oauth/token/'), 'Accept', 'a slash at the end of the path');
  t.equal(await varies('*/*', {}, '/oauth/token', 'grant_type=magic'), undefined, 'what Doorkeeper raises');
  t.equal(await varies('*/*', {}, '/oauth/token', 'x=1'), undefined, 'what Doorkeeper raises');
  t.equal(await varies('*/*', {}, '/oauth/token', `${ask}&client_secret=`), 'Accept', 'what it renders');
  for (const [format, vary] of [
    [null, 'Accept'],
    [false, 'Accept'],
    ['json', undefined],
  ] as const) {
    const body = JSON.stringify({ ...Object.fromEntries(new URLSearchParams(ask)), format });
    const json = { 'content-type': 'application/json' };
    t.equal(await varies('*/*', json, '/oauth/token', body), vary, `a member format: ${String(format)}`);
  }
});

t.test('X-Request-Id comes back, cleaned and cut [dottedsign.rails-headers.request-id]', async (t) => {
  const client = visit();
  const id = async (sent: string): Promise<unknown> =>
    (await token(client, { 'x-request-id': sent })).headers['x-request-id'];
  t.equal(await id('my-own_id@1'), 'my-own_id@1');
  t.equal(await id('a b/c<d>\t"e"'), 'abcde');
  t.equal(await id('x'.repeat(300)), 'x'.repeat(255));
  t.equal(await id('///'), '');
  t.match(await id(' '), /^[0-9a-f-]{36}$/);
});

t.test('Cache-Control, ETag and 304 [dottedsign.rails-headers.caching]', async (t) => {
  const client = visit();
  const { access } = await client.pair();
  const url = `${client.base}/v1/members/me`;
  const authorization = `Bearer ${access}`;
  const first = await send('GET', url, { authorization });
  t.equal(first.headers['cache-control'], 'max-age=0, private, must-revalidate');
  const etag = first.headers.etag!;
  const head = await send('HEAD', url, { authorization });
  t.same([head.status, head.headers.etag, head.body], [200, etag, '']);
  for (const method of ['GET', 'HEAD']) {
    const again = await send(method, url, { authorization, 'if-none-match': etag });
    t.same([again.status, again.body, again.headers.etag], [304, '', etag]);
    t.equal(again.headers['content-type'], undefined);
    t.equal(railsOf(again), rails.length);
    t.equal(client.entry().status, 304);
  }
  for (const other of ['*', `${etag}, "x"`, etag.slice(2), 'none']) {
    t.equal((await send('GET', url, { authorization, 'if-none-match': other })).status, 200, other);
  }
  const info = `${client.base}/oauth/token/info`;
  const known = (await send('GET', info, { authorization })).headers.etag!;
  t.equal((await send('HEAD', info, { authorization, 'if-none-match': known })).status, 304);
  t.equal((await send('HEAD', info)).status, 401);

  const issued = await token(client);
  t.equal((await token(client, { 'if-none-match': issued.headers.etag! })).status, 200, 'POST is never 304');
  t.equal(issued.headers['cache-control'], 'no-store');
  const revoked = await token(client, {}, '/oauth/revoke', new URLSearchParams({ ...own, token: 'x' }).toString());
  t.equal(revoked.headers['cache-control'], 'max-age=0, private, must-revalidate');
});

t.test('pages and redirects are cached as Rails does, or never [dottedsign.pages.caching]', async (t) => {
  const client = visit();
  const redirect = await client.authorize({ state: `<"'&>` });
  t.equal(redirect.status, 302);
  t.equal(redirect.headers.get('cache-control'), 'no-cache');
  t.equal(redirect.headers.get('vary'), null);
  t.equal(redirect.headers.get('etag'), null);
  t.equal(redirect.headers.get('content-type'), 'text/html; charset=utf-8');
  const target = redirect.headers.get('location')!.replaceAll('&', '&amp;').replaceAll("'", '&#39;');
  t.equal(await redirect.text(), `<html><body>You are being <a href="${target}">redirected</a>.</body></html>`);
  const page = await client.authorize({ client_id: 'nobody' });
  t.equal(page.headers.get('cache-control'), 'max-age=0, private, must-revalidate');
  t.match(page.headers.get('etag'), /^W\//);

  client.policy({ pageCaching: 'no-store' });
  t.equal((await client.authorize({ client_id: 'nobody' })).headers.get('cache-control'), 'no-store');
  const auto = { mode: 'auto', user: demo.username, decision: 'allow' } as const;
  const back = await client.policy({ interaction: auto }).authorize({});
  t.equal(back.headers.get('cache-control'), 'no-store');
  client.policy({ pageCaching: 'as-the-framework' });
  t.equal((await client.authorize({})).headers.get('cache-control'), 'no-cache');
});

t.test(
  'errors of Rails itself have the format that is asked for [dottedsign.paths.unknown] [dottedsign.paths.error-formats]',
  async (t) => {
    const client = visit();
    const lost = (accept?: string, path = '/nowhere'): Promise<Seen> =>
      send('GET', `${client.base}${path}`, accept === undefined ? {} : { accept });
    const json = ['application/json; charset=UTF-8', '{"status":404,"error":"Not Found"}'];
    const html = ['text/html; charset=UTF-8', ''];
    const xml = [
      'application/xml; charset=UTF-8',
      '<?xml version="1.0" encoding="UTF-8"?>\n<hash>\n  <status type="integer">404</status>\n  <error>Not Found</error>\n</hash>\n',
    ];
    const yaml = ['application/x-yaml; charset=UTF-8', '---\n:status: 404\n:error: Not Found\n'];
    const cases: [string | undefined, string, readonly string[]][] = [
      [undefined, '/nowhere', html],
      ['*/*', '/v1/nothing/here', html],
      ['text/html', '/nowhere', html],
      ['application/json', '/v1/nothing/here', json],
      ['application/json;q=0.9', '/nowhere', json],
      ['application/json, text/plain, */*', '/nowhere', html],
      ['text/html;q=0.5, application/json', '/nowhere', json],
      ['application/vnd.x+json, application/json', '/nowhere', json],
      ['json', '/nowhere', html],
      ['image/png, application/json', '/nowhere', html],
      ['text/xml', '/nowhere', xml],
      ['text/yaml', '/nowhere', yaml],
      [undefined, '/nowhere.json', json],
      [undefined, '/nowhere.png', html],
      ['text/html', '/nowhere?format=json', json],
      ['application/json', '/nowhere?format=png', html],
      ['application/json', '/nowhere?format[]=a', json],
      ['application/json', '/nowhere?format=json&format=xml', html],
    ];
    for (const [accept, path, expected] of cases) {
      const answer = await lost(accept, path);
      t.equal(answer.status, 404);
      t.same([answer.headers['content-type'], answer.body], expected, `${accept} ${path}`);
      t.equal(railsOf(answer), 0);
      t.match(answer.headers['x-request-id'], /^[0-9a-f-]{36}$/);
      t.match(answer.headers['x-runtime'], /^\d+\.\d{6}$/);
      for (const name of ['cache-control', 'vary', 'etag']) t.equal(answer.headers[name], undefined, name);
    }
    const script = { ...form, 'x-requested-with': 'XMLHttpRequest' };
    const byScript = await send('POST', `${client.base}/nowhere.json`, script, 'x=1');
    t.same([byScript.headers['content-type'], byScript.body], html, 'a script counts as one that sent an Accept');
    client.policy({ errors: { 'request.path-unknown': { status: 499 } } });
    const odd = await lost('application/json');
    t.same([odd.status, odd.body], [499, '{"status":499,"error":"Internal Server Error"}'], 'a status without a name');
    client.policy({ errors: {} });

    const broken = await token(
      client,
      { 'content-type': 'application/json', accept: 'application/json' },
      undefined,
      '{',
    );
    t.same([broken.status, broken.body], [400, '{"status":400,"error":"Bad Request"}']);
    t.equal(railsOf(broken), 0);
  },
);

t.test('a request without a route is 404 before any token is checked [dottedsign.api.path-first]', async (t) => {
  const client = visit();
  for (const [method, path] of [
    ['GET', '/v1/nothing/here'],
    ['OPTIONS', '/v1/members/me'],
    ['PUT', '/v1/members/me'],
    ['HEAD', '/oauth/token'],
    ['POST', '/oauth/token/info'],
    ['DELETE', '/oauth/revoke'],
    ['PATCH', '/oauth/authorize'],
    ['TRACE', '/oauth/token'],
  ] as const) {
    const answer = await send(method, `${client.base}${path}`);
    t.same([answer.status, answer.headers['content-type'], answer.body], [404, 'text/html; charset=UTF-8', ''], path);
    t.equal(answer.headers.allow, undefined);
  }
  await send('GET', `${client.base}/v1/nothing/here`);
  t.equal(client.entry().reason, 'resource.unknown');
  client.policy({ apiChecksFirst: 'token' });
  t.equal((await send('GET', `${client.base}/v1/nothing/here`)).status, 401);
});

t.test('with the policy explained, and at the root, the answer says what is served', async (t) => {
  const client = visit();
  for (const path of ['', '/']) {
    const { status, body } = await send('GET', `${client.base}${path}`);
    t.equal(status, 200);
    t.match(body, /"tokenUrl": ".*\/v1\/oauth\/token"/);
  }
  t.equal((await send('GET', `${client.base}/nowhere`)).body, '');
  client.policy({ unknownPaths: 'explained' });
  t.match((await send('GET', `${client.base}/nowhere`)).body, /served here/);
});

t.test('an Accept header that Rails cannot read is 406 at a route [dottedsign.paths.accept]', async (t) => {
  const client = visit();
  const bare = ({ status, body, headers }: Seen): unknown => [status, body, headers['content-type'], headers.vary];
  const refused = [406, '', 'text/html; charset=UTF-8', undefined];
  for (const accept of ['json', '*', 'application/json, xml', 'text/html/x', 'application json', ';q=1', 'é/x']) {
    t.same(bare(await token(client, { accept })), refused, accept);
  }
  t.equal(client.entry().reason, 'request.accept-malformed');
  for (const accept of ['application/json;q=0.5', 'image/*', 'application/*', ', ,', 'json, */*', '']) {
    t.equal((await token(client, { accept })).status, 200, accept);
  }
  t.equal((await token(client, { accept: 'json' }, '/oauth/token.json')).status, 200, 'the path names the format');
  t.equal((await token(client, { accept: 'json' }, '/oauth/token?format=json')).status, 200, 'a parameter does');
  t.equal((await send('GET', `${client.base}/v1/members/me`, { accept: 'json' })).status, 406, 'before the token');
  t.same(
    bare(await send('GET', `${client.base}/v1/nothing/here`, { accept: 'application/json, xml' })),
    [404, '', 'text/html; charset=UTF-8', undefined],
    'a path without a route is 404 all the same',
  );
  client.policy({ acceptMalformed: 'ignored' });
  t.equal((await token(client, { accept: 'json' })).status, 200);
  const other = new Visit(server, 'mailup').policy({ acceptMalformed: 'refused' });
  for (const [accept, status] of [
    ['json', 406],
    [' ', 400],
    ['text/html', 400],
  ] as const) {
    t.equal(
      (await send('POST', `${other.base}/Authorization/OAuth/Token`, { ...form, accept })).status,
      status,
      accept,
    );
  }
});

t.test(
  'the route comes before the body and its type [dottedsign.paths.route-first] [dottedsign.paths.letters]',
  async (t) => {
    const client = visit();
    const json = { 'content-type': 'application/json' };
    const at = async (method: string, path: string, headers: Record<string, string> = json, body = '{"a":') =>
      (await send(method, client.base + path, headers, body)).status;
    t.equal(await at('POST', '/v1/nothing/here'), 404);
    t.equal(await at('PUT', '/oauth/token'), 404);
    t.equal(await at('POST', '/oauth/%74oken'), 404);
    t.equal(await at('POST', '/OAuth/token'), 404);
    t.equal(await at('POST', '/nothing'), 404);
    t.equal(await at('POST', '/oauth/token'), 400);
    t.equal(client.entry().reason, 'request.body-malformed');
    t.equal(await at('POST', '/v1/sign_tasks'), 400, 'before the token is looked at');
    t.equal(await at('GET', '/v1/members/me', { 'content-type': 'json' }, ''), 406, 'a type without a body');
    client.policy({ unknownPaths: 'explained' });
    t.equal(await at('POST', '/v1/nothing/here'), 400);
  },
);

t.test('a format at the end of a path of the API [dottedsign.rails-headers.vary]', async (t) => {
  const client = visit();
  const { access } = await client.pair();
  const headers = { authorization: `Bearer ${access}`, accept: 'application/json' };
  const vary = async (path: string) => (await send('GET', client.base + path, headers)).headers.vary;
  t.equal(await vary('/v1/members/me'), 'Accept');
  t.equal(await vary('/v1/members/me.json'), undefined);
});
