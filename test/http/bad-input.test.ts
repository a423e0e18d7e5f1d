import { once } from 'node:events';
import { connect } from 'node:net';
import t from 'tap';
import { providers as served } from '../../src/providers/index.js';
import { adminOf } from '../admin/calls.js';
import { Browser, formsOf, hasButton } from '../journeys/browserless.js';
import { request, sendRaw } from '../raw.js';
import { demo, startServer } from '../support.js';
import { parseRecorded } from '../../src/world/journal/recorded-body.js';
import type { Socket } from 'node:net';
import type { Provider } from '../../src/providers/provider.js';
import type { RawAnswer } from '../raw.js';
import type { TestServer } from '../support.js';

/** The providers that imitate a server. What `standard` answers is in test/providers/standard.test.ts and in the contract. */
const providers = served.filter(({ hosts }) => hosts.length > 0);

type Test = Parameters<Parameters<typeof t.test>[0]>[0];
type Format = 'token' | 'api' | 'page' | 'own';

const formType = 'Content-Type: application/x-www-form-urlencoded';
const jsonType = 'Content-Type: application/json';
const form = (parameters: Readonly<Record<string, string>>): string => new URLSearchParams(parameters).toString();

const pathsOf = ({ name, endpoints }: Provider): { token: string; authorize: string; login: string; api: string } => ({
  token: `/${name}${endpoints.token[0]}`,
  authorize: `/${name}${endpoints.authorize[0]}`,
  login: `/${name}${endpoints.login}`,
  api: `/${name}${endpoints.api[0]}`,
});

const apiMembers: Readonly<Record<string, readonly string[]>> = {
  mailup: ['ErrorCode', 'ErrorDescription', 'ErrorName', 'ErrorStack'],
  tinyemail: ['error', 'error_description'],
  dottedsign: ['error_code', 'error_message', 'error_key'],
};

/** Checks that an answer does not look like a crash: no 5xx, no stack trace, no injected header, no foreign redirect. */
function assertNoCrash(t: Test, answer: RawAnswer, title: string): void {
  t.same(crashes(answer), [], title);
}

function crashes({ status, headers, text }: RawAnswer): string[] {
  const troubles: string[] = [];
  if (!(status >= 200 && status < 500)) troubles.push(`the status is ${status}`);
  if (/\n\s+at |node_modules|[\w-]\.[jt]s:\d/.test(text)) troubles.push('it contains a stack trace');
  if (/^(set-cookie: injected|x-injected)/im.test(text.split('\r\n\r\n', 1)[0] ?? '')) {
    troubles.push('a header was injected');
  }
  const { location = '/' } = headers;
  const isLocal = location.startsWith('/') && !location.startsWith('//');
  if (!isLocal && !/^http:\/\/(localhost|127\.0\.0\.1):3000\/callback(\?|$)/i.test(location)) {
    troubles.push(`it redirects to ${location}`);
  }
  return troubles;
}

/** Checks that a refusal has the form that the provider uses at that endpoint. */
function assertFormat(t: Test, provider: Provider, format: Format, answer: RawAnswer, title: string): void {
  t.same([...crashes(answer), ...formatErrors(provider, format, answer)], [], title);
}

function formatErrors({ name, refusedHeading }: Provider, format: Format, { headers, body }: RawAnswer): string[] {
  const type = headers['content-type'] ?? '';
  // Rails answers with an empty page if no route or parser accepts a request
  if (name === 'dottedsign' && type === 'text/html; charset=UTF-8') return body === '' ? [] : ['it is a page'];
  if (format === 'page') {
    const heading = /<h1[^>]*>\s*([^<]*?)\s*</.exec(body)?.[1];
    return type.startsWith('text/html') && heading === refusedHeading
      ? []
      : [`it is ${type} with the heading ${String(heading)}`];
  }
  if (!type.startsWith(format === 'own' ? 'application/problem+json' : 'application/json')) return [`it is ${type}`];
  const expected =
    format === 'api'
      ? apiMembers[name]!
      : format === 'token'
        ? ['error', 'error_description']
        : ['type', 'title', 'status', 'detail'];
  const all = Object.keys(JSON.parse(body) as object);
  // tinyEmail's API answers an error of the call itself with one member
  if (format === 'api' && name === 'tinyemail' && all.join() === 'message') return [];
  const members = all.slice(0, expected.length);
  return members.join() === expected.join() ? [] : [`its members are ${members.join()}`];
}

interface Sent {
  readonly line?: string;
  readonly headers?: readonly string[];
  readonly body?: string | Buffer;
  /** The reason in the journal; by provider if it differs. */
  readonly reason: string | Readonly<Record<string, string>>;
  readonly status?: number;
}

const clientMissing = { mailup: 'client.missing', tinyemail: 'client.missing', dottedsign: 'grant.missing' };
const broken = { mailup: 'request.body-malformed', dottedsign: 'request.body-malformed' };
/** MailUp refuses a body that it does not read. Tomcat and Rails leave it unread, so its parameters are missing. */
const unread = { mailup: 'request.content-type-unsupported', tinyemail: 'client.missing', dottedsign: 'grant.missing' };
const jsonIsRead = (reason: string): Readonly<Record<string, string>> => ({ ...unread, dottedsign: reason });
/** Tomcat takes the first of repeated parameters, Rails the last. */
const repeated = {
  mailup: 'request.parameter-repeated',
  tinyemail: 'client.missing',
  dottedsign: 'grant.unsupported',
};
const multipart = (boundary: string): string => `Content-Type: multipart/form-data; boundary=${boundary}`;
const field = (name: string, value: string): string =>
  `--x\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`;

const tokenRequests: Readonly<Record<string, Sent>> = {
  'a parameter twice in the form': {
    headers: [formType],
    body: 'grant_type=a&grant_type=b',
    reason: repeated,
  },
  'a parameter twice in the query': { line: '?grant_type=a&grant_type=a', reason: repeated },
  'a parameter in the form and in the query': {
    line: '?grant_type=a',
    headers: [formType],
    body: 'grant_type=a',
    reason: repeated,
  },
  'a form without Content-Type': {
    body: 'grant_type=magic',
    reason: { ...unread, dottedsign: 'grant.unsupported' },
  },
  'a form as text/plain': {
    headers: ['Content-Type: text/plain'],
    body: 'grant_type=password',
    reason: unread,
  },
  'a form as XML': {
    headers: ['Content-Type: application/xml'],
    body: '<grant_type/>',
    reason: unread,
  },
  'an invalid Content-Type': {
    headers: ['Content-Type: ;;;'],
    body: 'grant_type=password',
    reason: unread,
  },
  'a Content-Type that is a word': {
    headers: ['Content-Type: form'],
    body: 'grant_type=password',
    reason: { ...unread, dottedsign: 'request.content-type-malformed' },
  },
  'broken JSON': { headers: [jsonType], body: '{"grant_type":', reason: { ...broken, tinyemail: 'client.missing' } },
  '[object Object] as JSON': {
    headers: [jsonType],
    body: '[object Object]',
    reason: { ...broken, tinyemail: 'client.missing' },
  },
  'deeply nested JSON': {
    headers: [jsonType],
    body: '['.repeat(30_000) + ']'.repeat(30_000),
    reason: { ...broken, tinyemail: 'client.missing' },
  },
  'JSON in another encoding': {
    headers: ['Content-Type: application/json; charset=utf-16'],
    body: Buffer.from('{"a":1}', 'utf16le'),
    reason: { ...broken, tinyemail: 'client.missing' },
  },
  'a JSON array': { headers: [jsonType], body: '[]', reason: unread },
  'a JSON string': { headers: [jsonType], body: '"grant_type"', reason: unread },
  'a JSON null': { headers: [jsonType], body: 'null', reason: clientMissing },
  'an object in JSON': {
    headers: [jsonType],
    body: '{"grant_type":{"a":1}}',
    reason: jsonIsRead('grant.unsupported'),
  },
  'a list of one in JSON': {
    headers: [jsonType],
    body: '{"grant_type":["password"]}',
    reason: jsonIsRead('grant.unsupported'),
  },
  'a list of objects in JSON': {
    headers: [jsonType],
    body: '{"grant_type":[{},{}]}',
    reason: jsonIsRead('grant.unsupported'),
  },
  'a list of strings in JSON': {
    headers: [jsonType],
    body: '{"grant_type":["a","b"]}',
    reason: jsonIsRead('grant.unsupported'),
  },
  'a null member in JSON': { headers: [jsonType], body: '{"grant_type":null}', reason: jsonIsRead('grant.missing') },
  'JSON with __proto__': {
    headers: [jsonType],
    body: '{"__proto__":{"grant_type":"password"}}',
    reason: unread,
  },
  'JSON without a body': { headers: [jsonType], reason: clientMissing },
  'multipart, which the token endpoint does not accept': {
    headers: [multipart('x')],
    body: `${field('grant_type', 'password')}--x--\r\n`,
    reason: { ...unread, dottedsign: 'grant.unsupported' },
  },
  'multipart without a boundary': {
    headers: ['Content-Type: multipart/form-data'],
    body: '--x',
    reason: { ...unread, mailup: 'request.body-malformed' },
  },
  'incomplete multipart': {
    headers: [multipart('x')],
    body: '--x\r\nbroken',
    reason: { ...unread, mailup: 'request.body-malformed' },
  },
  'a form with bad percent-encoding': {
    headers: [formType],
    body: 'grant_type=%zz&code=%ff%fe&x=%',
    reason: { ...clientMissing, dottedsign: 'request.parameter-malformed' },
  },
  'a query with bad percent-encoding': {
    line: '?grant_type=%zz&code=%ff',
    reason: { ...clientMissing, dottedsign: 'request.parameter-malformed' },
  },
  'names from the prototype of objects': {
    headers: [formType],
    body: '__proto__=1&constructor=2&toString=3&hasOwnProperty=4',
    reason: clientMissing,
  },
  'a grant and a client from the prototype of objects': {
    headers: [formType],
    body: 'grant_type=constructor&client_id=__proto__&client_secret=x',
    reason: { mailup: 'client.unknown', tinyemail: 'client.unknown', dottedsign: 'grant.unsupported' },
  },
  'Basic that is not base64': {
    headers: [formType, 'Authorization: Basic %%%'],
    body: '',
    reason: { ...clientMissing, tinyemail: 'client.unknown' },
  },
  'Basic with bad percent-encoding': {
    headers: [formType, `Authorization: Basic ${Buffer.from('%zz:%').toString('base64')}`],
    body: 'grant_type=a',
    reason: { mailup: 'client.unknown', tinyemail: 'client.unknown', dottedsign: 'grant.unsupported' },
  },
  'Basic of nine thousand characters': {
    headers: [formType, `Authorization: Basic ${'QQ'.repeat(4500)}`],
    body: '',
    reason: { ...clientMissing, tinyemail: 'client.unknown' },
  },
  'a body over 64 KiB': {
    headers: [formType],
    body: `x=${'y'.repeat(64 * 1024 - 1)}`,
    reason: 'request.body-too-large',
    status: 413,
  },
  'a Content-Length over 64 KiB': {
    headers: [formType, 'Content-Length: 999999999'],
    reason: 'request.body-too-large',
    status: 413,
  },
  'chunks over 64 KiB': {
    headers: [formType, 'Transfer-Encoding: chunked'],
    body: `10001\r\n${'y'.repeat(0x10001)}\r\n0\r\n\r\n`,
    reason: 'request.body-too-large',
    status: 413,
  },
  'a body of exactly 64 KiB, which is accepted': {
    headers: [formType],
    body: `x=${'y'.repeat(64 * 1024 - 2)}`,
    reason: clientMissing,
  },
};

t.test(
  "the token endpoint answers any bad request in the provider's format, and the journal has the reason",
  async (t) => {
    const server = await startServer();
    t.teardown(() => server.close());
    for (const provider of providers) {
      const { token } = pathsOf(provider);
      for (const [title, { line = '', headers = [], body = '', reason, status }] of Object.entries(tokenRequests)) {
        const answer = await request(server.url, `POST ${token}${line}`, headers, body);
        const what = `${provider.name}, ${title}`;
        assertFormat(t, provider, 'token', answer, what);
        t.equal(server.lastEntry().reason, typeof reason === 'string' ? reason : reason[provider.name], what);
        if (status !== undefined) t.equal(answer.status, status, what);
        t.equal(answer.headers.location, undefined, what);
      }
    }
  },
);

t.test("a method that is not allowed gets 405 with Allow, or the provider's own answer", async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  // tinyEmail looks at the client first, and refuses GET without Allow
  const right = `Authorization: Basic ${Buffer.from(`${demo.id}:${demo.secret}`).toString('base64')}`;
  const allowOf = (method: string, path: string, allow: string): string | undefined =>
    method === 'GET' && path.includes('tinyemail') ? undefined : allow;
  for (const provider of providers) {
    const { token, authorize, login, api } = pathsOf(provider);
    // DottedSign: Rails has no route for it and answers 404 without a body
    const routed = provider.name !== 'dottedsign';
    const { revoke, introspect, tokenInfo } = provider.endpoints;
    const places: readonly [string, Format, readonly string[], string][] = [
      ...[...revoke, ...introspect].map((path): [string, Format, string[], string] => [
        `/${provider.name}${path}`,
        'token',
        ['GET', 'PUT', 'PROPFIND'],
        'POST',
      ]),
      ...tokenInfo.map((path): [string, Format, string[], string] => [
        `/${provider.name}${path}`,
        'token',
        ['POST', 'PROPFIND'],
        'GET, HEAD',
      ]),
      [
        token,
        'token',
        ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'TRACE', 'PROPFIND', ...(provider.name === 'mailup' ? [] : ['GET'])],
        provider.name === 'tinyemail' ? 'GET, POST' : server.realm(provider.name).policy.tokenMethods.join(', '),
      ],
      [authorize, 'page', ['PUT', 'DELETE', 'PATCH', 'OPTIONS', 'MKCOL'], 'GET, HEAD, POST'],
      [login, 'page', ['PUT', 'DELETE', 'REPORT'], 'GET, HEAD, POST'],
      [`${api}/anything`, 'api', ['PROPFIND', 'LOCK'], 'GET, HEAD, POST, PUT, PATCH, DELETE'],
    ];
    for (const [path, format, methods, allow] of places) {
      for (const method of methods) {
        const answer = await request(server.url, `${method} ${path}`, [right]);
        const what = `${method} ${path}`;
        assertFormat(t, provider, format, answer, what);
        t.same(
          [answer.status, answer.headers.allow, server.lastEntry().reason],
          [routed ? 405 : 404, routed ? allowOf(method, path, allow) : undefined, 'request.method-not-allowed'],
          what,
        );
      }
    }
    for (const path of [token, authorize, login, `${api}/anything`, `/${provider.name}`]) {
      const answer = await request(server.url, `HEAD ${path}`);
      assertNoCrash(t, answer, `HEAD ${path}`);
      t.equal(answer.body, '', `HEAD ${path} has no body`);
    }
  }
  const invented = await request(server.url, 'BREW /mailup/Authorization/OAuth/Token');
  t.same(
    [invented.status, invented.headers.allow],
    [405, 'GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS'],
    'an unknown method',
  );
});

const evil = 'http://evil.example/';
const badRedirectUris: Readonly<Record<string, string>> = {
  'a script': 'javascript:alert(1)',
  'a data URL': 'data:text/html,<script>alert(1)</script>',
  'a file': 'file:///etc/passwd',
  'a fragment': `${demo.redirectUri}#x`,
  'another site': evil,
  'a site without scheme': '//evil.example/callback',
  'a relative path': '/callback',
  'the site as user name': 'http://localhost:3000@evil.example/callback',
  'a user name': 'http://evil@localhost:3000/callback',
  'a backslash': 'http://localhost:3000\\@evil.example/callback',
  'backslashes for slashes': 'http:\\\\localhost:3000\\callback',
  'no slashes': 'http:localhost:3000/callback',
  'a header in it': `${demo.redirectUri}\r\nX-Injected: 1`,
  'a line feed alone': `${demo.redirectUri}\nX-Injected: 1`,
  'a header in it, encoded once more': `${demo.redirectUri}%0d%0aX-Injected:1`,
  'a blank before': ` ${demo.redirectUri}`,
  'a letter outside ASCII': `${demo.redirectUri}é`,
  'a null byte': `${demo.redirectUri}\0`,
  'a slash more': `${demo.redirectUri}/`,
  'no port': 'http://localhost:/callback',
  'a private scheme': 'myapp:callback',
  'another port': 'http://localhost:3001/callback',
  'another scheme': 'https://localhost:3000/callback',
  'a path that leads to the registered one': 'http://localhost:3000/x/../callback',
  'another spelling of the loopback address': 'http://127.1:3000/callback',
  'a percent-encoded letter': 'http://localhost:3000/call%62ack',
  HTML: '"><img src=x onerror=alert(1)>',
  'nine thousand letters': 'x'.repeat(9000),
};

t.test('a malformed or unregistered redirect_uri gets a page and never a redirect', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  for (const provider of providers) {
    const { authorize, login } = pathsOf(provider);
    const first = await request(
      server.url,
      `GET ${authorize}?client_id=${demo.id}&response_type=code&redirect_uri=${encodeURIComponent(evil)}`,
    );
    t.match(first.headers.location ?? login, login, 'at most to its own login page');
    server.policy(provider.name, { loginPage: 'after-the-checks', authorizePost: 'a-request' });
    for (const [title, uri] of Object.entries(badRedirectUris)) {
      const query = `client_id=${demo.id}&response_type=code&state=s&redirect_uri=${encodeURIComponent(uri)}`;
      for (const answer of [
        await request(server.url, `GET ${authorize}?${query}`),
        await request(server.url, `POST ${authorize}`, [formType], query),
      ]) {
        assertFormat(t, provider, 'page', answer, `${provider.name}, ${title}`);
        t.equal(answer.headers.location, undefined, `${provider.name}, ${title}`);
        t.match(
          server.lastEntry().reason,
          /^authorize\.redirect-uri-(malformed|unregistered)$/,
          `${provider.name}, ${title}`,
        );
        t.ok(answer.body.includes('http://'), `${provider.name}, ${title}: the page shows what is registered`);
        t.notOk(answer.body.includes('<img'), `${provider.name}, ${title}: nothing of it is HTML`);
      }
    }
    // raw bytes in the request line are not HTTP: Node refuses them
    for (const raw of ['\n', '\t', '\x00', '\xe9']) {
      const answer = await request(
        server.url,
        `GET ${authorize}?client_id=${demo.id}&response_type=code&redirect_uri=${demo.redirectUri}${raw}X-Injected:1`,
      );
      assertNoCrash(t, answer, `raw byte ${JSON.stringify(raw)}`);
      t.notMatch(answer.headers.location, 'Injected');
    }
  }
});

t.test('a state comes back encoded, and never as a header', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const states = [
    'a\r\nSet-Cookie: injected=1',
    'a\nX-Injected: 1',
    '"><img src=x>',
    '&code=forged',
    '#fragment',
    'é😀\u2028',
    '%0d%0a',
    'a b+c',
    '\0',
  ];
  for (const provider of providers.filter(({ policy }) => policy.echoState)) {
    const { authorize } = pathsOf(provider);
    server.policy(provider.name, { interaction: { mode: 'auto', user: demo.username, decision: 'allow' } });
    for (const [i, state] of states.entries()) {
      const answer = await request(
        server.url,
        `GET ${authorize}?client_id=${demo.id}&response_type=code&redirect_uri=${demo.redirectUri}&state=${encodeURIComponent(state)}`,
      );
      assertNoCrash(t, answer, `state ${i}`);
      const { searchParams, hash } = new URL(answer.headers.location!);
      t.same([searchParams.getAll('state'), searchParams.getAll('code').length, hash], [[state], 1, ''], `state ${i}`);
    }
    server.policy(provider.name, { parametersRepeated: 'refused' });
    const twice = await request(
      server.url,
      `GET ${authorize}?client_id=${demo.id}&response_type=code&redirect_uri=${demo.redirectUri}&state=a&state=b`,
    );
    assertFormat(t, provider, 'page', twice, 'state twice');
    t.equal(server.lastEntry().reason, 'request.parameter-repeated');
  }
});

t.test('HTML in any field is text on every page', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const markup = `'"></title></style></script><img src=x onerror=alert(1)>`;
  const harmless = (html: string, title: string): void => {
    t.notOk(html.includes('<img'), title);
    t.equal(html.match(/<\/style>/g)?.length, 1, `${title}: one style sheet`);
  };
  for (const provider of providers) {
    const { authorize } = pathsOf(provider);
    const realm = server.realm(provider.name);
    realm.clients.set(markup, { ...realm.clients.get(demo.id)!, id: markup, name: markup });
    realm.users.set('eve', {
      id: 'eve',
      username: markup,
      password: markup,
      name: markup,
      suspended: false,
      profile: {},
    });
    const good = { client_id: markup, response_type: 'code', redirect_uri: demo.redirectUri, state: markup };

    const browser = new Browser();
    const login = await browser.open(`${server.url}${authorize}?${form(good)}`);
    harmless(login.text, `${provider.name}, login`);
    const again = await browser.press(login, 'Log in', { username: `${markup}!`, password: 'wrong' });
    t.equal(again.status, 401);
    harmless(again.text, `${provider.name}, wrong password`);
    const consent = await browser.press(again, 'Log in', { username: markup, password: markup });
    t.equal(consent.status, 200);
    harmless(consent.text, `${provider.name}, consent`);
    t.equal((await browser.press(consent, 'Deny')).url.searchParams.get('error'), 'access_denied');

    for (const name of [
      'client_id',
      'response_type',
      'redirect_uri',
      'scope',
      'code_challenge_method',
      'client_secret',
      'authorization',
      markup,
    ]) {
      const answer = await request(
        server.url,
        `GET ${authorize}?${form({ ...good, client_id: demo.id, code_challenge: 'x', [name]: `${markup}!` })}`,
      );
      assertNoCrash(t, answer, `${provider.name}, ${name}`);
      t.notOk(answer.body.includes('<img'), `${provider.name}, ${name}`);
    }
  }
});

t.test(
  'a path that cannot be decoded gets 400, an unknown API path the refusal of a missing token, others 404',
  async (t) => {
    const server = await startServer();
    t.teardown(() => server.close());
    server.worlds.open({ id: 'other' });
    for (const provider of providers) {
      const { api, token, authorize } = pathsOf(provider);
      for (const prefix of ['', '/w/other']) {
        const world = prefix === '' ? undefined : 'other';
        const bad = await request(server.url, `GET ${prefix}${api}/%zz/%ff`);
        assertFormat(t, provider, 'api', bad, 'bad percent-encoding below the API');
        t.same([bad.status, server.lastEntry(world).reason], [400, 'request.path-malformed']);
        const malformed = await request(server.url, `GET ${prefix}/${provider.name}/%`);
        assertFormat(t, provider, 'own', malformed, 'bad percent-encoding outside the API');
        t.equal(malformed.status, 400);

        for (const path of [
          `${api}/a%2Fb`,
          `${api}/..%2f..%2fetc%2fpasswd`,
          `${api}/../../etc/passwd`,
          `${api}//`,
          `${api}/__proto__`,
          `${api}/%00`,
        ]) {
          const answer = await request(server.url, `GET ${prefix}${path}`);
          assertFormat(t, provider, 'api', answer, path);
          const [reason, first] =
            provider.policy.apiChecksFirst === 'path'
              ? (['resource.unknown', 'the path'] as const)
              : (['bearer.missing', 'the token'] as const);
          t.equal(server.lastEntry(world).reason, reason, `${path}: ${first} is checked first`);
        }
        for (const path of [
          `/${provider.name}/${provider.endpoints.authorize[0].slice(1).replaceAll('/', '%2F')}`,
          `${token}/more`,
          `/${provider.name}`,
          `/${provider.name}/`,
          `/${provider.name}/constructor`,
        ]) {
          if (path.startsWith(`${api}/`)) continue;
          const answer = await request(server.url, `POST ${prefix}${path}`, [jsonType]);
          t.equal(answer.status, 404, path);
          if (answer.headers['content-type']?.startsWith('application/problem')) {
            t.match(JSON.parse(answer.body), { known: [`${prefix}${authorize}`] }, `${path}: the known paths`);
          }
        }
      }
    }
  },
);

t.test('an unknown world, provider or path gets 404 with what exists and how to create it', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  server.worlds.open({ id: 'other' });
  const own = async (line: string, expected: object): Promise<void> => {
    const answer = await request(server.url, line);
    assertNoCrash(t, answer, line);
    t.match(answer.headers['content-type'], /^application\/problem\+json/, line);
    t.match({ status: answer.status, ...(JSON.parse(answer.body) as object) }, expected, line);
  };
  for (const { name } of providers) {
    await own(`GET /w/none/${name}/anything`, {
      status: 404,
      detail: /"none".*PUT \/__admin\/worlds\/none/,
      known: ['default', 'other'],
    });
    await own(`POST /w/__proto__/${name}`, { status: 404, detail: /PUT \/__admin\/worlds\/__proto__/ });
    await own(`GET /w/%zz/${name}/x`, { status: 404, detail: /the id is not valid/ });
    await own(`GET /w/${'x'.repeat(500)}/${name}/x`, { status: 404, detail: /the id is not valid/ });
  }
  await own('GET /w/none', { status: 404, detail: /PUT \/__admin\/worlds\/none/ });
  await own('GET /w/other/nobody/oauth/token', {
    status: 404,
    known: ['/w/other/mailup', '/w/other/tinyemail', '/w/other/dottedsign'],
  });
  await own('GET /nobody/oauth/token', { status: 404, known: ['/mailup', '/tinyemail', '/dottedsign'] });
  await own('GET /%zz', { status: 404 });
  await own('GET //evil.example/', { status: 404 });
  await own('OPTIONS *', { status: 404 });
  const unread = await request(server.url, 'POST /nobody', [jsonType], '{');
  assertNoCrash(t, unread, 'a body at an unknown path');
  t.equal(unread.status, 404);
});

t.test('a request that is not HTTP gets a problem document', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const { token } = pathsOf(providers[0]!);
  const broken: Readonly<Record<string, [number, Promise<RawAnswer>]>> = {
    'headers over 16 KiB': [431, request(server.url, `POST ${token}`, [`X-Long: ${'x'.repeat(20_000)}`])],
    'a request line over 16 KiB': [431, request(server.url, `GET ${token}?code=${'x'.repeat(20_000)}`)],
    'a Content-Length that is not a number': [400, request(server.url, `POST ${token}`, ['Content-Length: abc'])],
    'Content-Length and Transfer-Encoding': [
      400,
      request(server.url, `POST ${token}`, ['Content-Length: 5', 'Transfer-Encoding: chunked'], '0\r\n\r\n'),
    ],
    'a chunk of the wrong size': [
      400,
      request(server.url, `POST ${token}`, ['Transfer-Encoding: chunked'], '5\r\nabc\r\n0\r\n\r\n'),
    ],
    'a blank in the path': [400, request(server.url, `GET ${token} x`)],
    'a header without a name': [400, request(server.url, `GET ${token}`, [': x'])],
  };
  for (const [title, [status, sent]] of Object.entries(broken)) {
    const answer = await sent;
    assertNoCrash(t, answer, title);
    t.equal(answer.status, status, title);
    t.match(JSON.parse(answer.body), { status, title: /\w/, detail: /\w/ }, title);
  }
  const accepted = once(server.app.server, 'connection');
  const client = connect({ host: '127.0.0.1', port: Number(new URL(server.url).port) });
  const [socket] = (await accepted) as [Socket];
  server.app.server.emit('clientError', Object.assign(new Error('read ECONNRESET'), { code: 'ECONNRESET' }), socket);
  await once(client, 'close');
  t.equal(client.bytesRead, 0, 'no answer is sent on a connection that was reset');
  t.match(
    await sendRaw(server.url, 'GET /nothing HTTP/1.0\r\n\r\n'),
    /^HTTP\/1\.1 404 /,
    'an HTTP/1.0 request needs no Host',
  );
  t.equal((await fetch(server.url + token)).status, 400, 'and the server goes on');
});

t.test('a malformed bearer token is refused in the form of the API', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  for (const provider of providers) {
    const { api } = pathsOf(provider);
    server.policy(provider.name, { apiChecksFirst: 'token' });
    for (const value of [
      'Bearer',
      'Bearer ',
      'Bearer a b',
      'Bearer \xe9\xff',
      'Bearer "><img src=x>',
      'Bearer constructor',
      'Bearer __proto__',
      `Bearer ${'x'.repeat(9000)}`,
      'Basic YTpi',
      'Digest x="y"',
      'x',
      '',
    ]) {
      const answer = await request(server.url, `GET ${api}/anything`, [`Authorization: ${value}`]);
      assertFormat(t, provider, 'api', answer, `${provider.name}, ${value.slice(0, 40)}`);
      t.match(server.lastEntry().reason, /^bearer\./, value.slice(0, 40));
    }
    server.policy(provider.name, { parametersRepeated: 'refused' });
    const twice = await request(server.url, `GET ${api}/anything?access_token=a&access_token=b`);
    assertFormat(t, provider, 'api', twice, 'the token twice');
    t.equal(twice.status, 400);
    const split = await request(server.url, `GET ${api}/anything?access_token=a%0d%0aX-Injected:%201`);
    assertFormat(t, provider, 'api', split, 'a header in the token');
    const body = await request(server.url, `POST ${api}/anything`, [jsonType], '{');
    // Rails parses a body before it looks for a token
    if (provider.name === 'dottedsign') t.same([body.status, body.body], [400, '']);
    else assertFormat(t, provider, 'api', body, 'broken JSON');
  }
});

const authorizationUrl = (server: TestServer, provider: Provider): string =>
  `${server.url}${pathsOf(provider).authorize}?${form({ client_id: demo.id, response_type: 'code', redirect_uri: demo.redirectUri, state: 's' })}`;

t.test('a page accepts only the browser that started it, its own form, and only until it expires', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  for (const provider of providers) {
    const world = server.world();
    const { login, authorize } = pathsOf(provider);
    const browser = new Browser();
    const page = await browser.open(authorizationUrl(server, provider));
    const [shown] = formsOf(page.text);
    const fields = Object.fromEntries(shown!.fields.map(({ name, value }) => [name, value]));
    const typed: Record<string, string> = { ...fields, username: demo.username, password: demo.password };
    const name = sessionName(server);
    const cookie = `Cookie: ${name}=${browser.cookie(page.url, name)!}`;
    // Rails answers a forged form with 422 and no page
    const forged = provider.name === 'dottedsign' ? 422 : 403;
    const action = shown!.action;
    const antiForgery = provider.loginFields.antiForgery;
    const { [antiForgery]: _, ...unguarded } = typed;

    const refusedPosts: Readonly<Record<string, [readonly string[], Readonly<Record<string, string>>, string]>> = {
      'no cookie': [[], typed, 'page.other-browser'],
      "another browser's cookie": [
        [`Cookie: ${name}=${await foreignSession(server, provider)}`],
        typed,
        'page.other-browser',
      ],
      'a cookie from the prototype of objects': [
        [`Cookie: ${name}=__proto__; =; ;;; a=%zz`],
        typed,
        'page.other-browser',
      ],
      'no anti-forgery value': [[cookie], unguarded, 'page.forged'],
      'a wrong anti-forgery value': [[cookie], { ...typed, [antiForgery]: 'wrong' }, 'page.forged'],
      'an empty form': [[cookie], {}, 'page.forged'],
    };
    for (const [title, [headers, body, reason]] of Object.entries(refusedPosts)) {
      const answer = await request(server.url, `POST ${action}`, [formType, ...headers], form(body));
      const status = reason === 'page.forged' ? forged : 403;
      if (status === 422) t.equal(answer.body, '', `${provider.name}, ${title}`);
      else assertFormat(t, provider, 'page', answer, `${provider.name}, ${title}`);
      t.same([answer.status, server.lastEntry().reason], [status, reason], `${provider.name}, ${title}`);
    }
    const strange: Readonly<Record<string, [string, string | Buffer, number]>> = {
      'JSON null': [jsonType, 'null', forged],
      'broken JSON': [jsonType, '{', provider.name === 'tinyemail' ? 403 : 400],
      'a JSON list': [jsonType, '[]', forged],
      XML: ['Content-Type: text/xml', '<a/>', forged],
      'multipart with the anti-forgery value twice': [
        multipart('x'),
        `${field(antiForgery, 'a')}${field(antiForgery, 'b')}--x--\r\n`,
        forged,
      ],
      'a body over 64 KiB': [formType, 'x'.repeat(70_000), 413],
      'the user name twice': [formType, `${form(typed)}&username=x`, 401],
    };
    for (const [title, [type, body, status]] of Object.entries(strange)) {
      const answer = await request(server.url, `POST ${action}`, [type, cookie], body);
      assertNoCrash(t, answer, `${provider.name}, ${title}`);
      t.equal(answer.status, status, `${provider.name}, ${title}`);
    }
    for (const query of [
      '',
      '?authorization=',
      '?authorization=nope',
      '?authorization=a&authorization=b',
      '?authorization=__proto__',
      '?authorization=%zz',
    ]) {
      for (const line of [
        `GET ${login}${query}`,
        `POST ${login}${query}`,
        ...(query === '' ? [] : [`GET ${authorize}${query}`, `POST ${authorize}${query}`]),
      ]) {
        const answer = await request(server.url, line, [cookie]);
        assertFormat(t, provider, 'page', answer, line);
        t.same([answer.status, server.lastEntry().reason], [400, 'page.unknown'], line);
      }
    }

    const parts = Object.entries(typed)
      .map(([name, value]) => field(name, value))
      .join('');
    const asMultipart = await request(server.url, `POST ${action}`, [multipart('x'), cookie], `${parts}--x--\r\n`);
    t.match(
      asMultipart.headers.location,
      `${authorize}?authorization=`,
      `${provider.name}: a browser may post multipart`,
    );

    const late = new Browser();
    const waiting = await late.open(authorizationUrl(server, provider));
    world.clock.advance(3_600_000);
    const tooLate = await late.press(waiting, 'Log in', { username: demo.username, password: demo.password });
    t.ok(hasButton(tooLate, 'Log in'), `${provider.name}: an hour later the page begins again`);
    t.not(tooLate.url.searchParams.get('authorization'), waiting.url.searchParams.get('authorization'));
    const bare = `${login}?authorization=${waiting.url.searchParams.get('authorization')!}`;
    const gone = await request(server.url, `GET ${bare}`, [cookie]);
    t.same([gone.status, server.lastEntry().reason], [400, 'page.unknown'], 'without the request it cannot');
  }
});

async function foreignSession(server: TestServer, provider: Provider): Promise<string> {
  const browser = new Browser();
  const { url } = await browser.open(authorizationUrl(server, provider));
  return browser.cookie(url, sessionName(server))!;
}

/** The name of the session's cookie has the port: cookies do not tell servers on one host apart. */
const sessionName = (server: TestServer): string => `understudy_session_${new URL(server.url).port}`;

t.test('the consent page requires a logged-in user; others see the login page', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  for (const provider of providers) {
    const browser = new Browser();
    const login = await browser.open(authorizationUrl(server, provider));
    const consent = `${server.url}${pathsOf(provider).authorize}${login.url.search}`;
    t.ok(hasButton(await new Browser().open(consent), 'Log in'), `${provider.name}: a browser without a session`);
    t.ok(
      hasButton(await browser.open(consent), 'Log in'),
      `${provider.name}: a browser with a session before the login`,
    );
    await browser.press(login, 'Log in', { username: demo.username, password: demo.password });
    t.ok(hasButton(await browser.open(consent), 'Allow'), `${provider.name}: a logged-in user`);
    await adminOf(server.url)(`DELETE /providers/${provider.name}/users/${demo.username}`);
    t.ok(hasButton(await browser.open(consent), 'Log in'), `${provider.name}: a deleted user`);
  }
});

t.test('the consent page shows the host of the redirect_uri, or the whole URI if it has no host', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  for (const provider of providers) {
    for (const [redirectUri, shown] of [
      ['https://app.example.test/callback', 'app.example.test'],
      ['com.example.app:/callback', 'com.example.app:/callback'],
    ] as const) {
      const { clients } = server.realm(provider.name);
      clients.set('app', { ...clients.get(demo.id)!, id: 'app', redirectUris: [redirectUri] });
      const url = `${server.url}${pathsOf(provider).authorize}?${form({ client_id: 'app', response_type: 'code', redirect_uri: redirectUri })}`;
      const browser = new Browser();
      const page = await browser.press(await browser.open(url), 'Log in', {
        username: demo.username,
        password: demo.password,
      });
      t.match(page.text, `<code>${shown}</code>`, `${provider.name}: ${redirectUri}`);
    }
  }
});

t.test('a login opens a new session, which expires by the clock of the world', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  for (const provider of providers) {
    const browser = new Browser();
    const login = await browser.open(authorizationUrl(server, provider));
    const before = browser.cookie(login.url, sessionName(server));
    const consent = await browser.press(login, 'Log in', { username: demo.username, password: demo.password });
    t.not(
      browser.cookie(consent.url, sessionName(server)),
      before,
      'the session id changes at the login (session fixation)',
    );
    t.ok(
      hasButton(await browser.open(authorizationUrl(server, provider)), 'Allow'),
      'a logged-in user sees the consent page at once',
    );
    server.world().clock.advance(8 * 3_600_000);
    t.ok(
      hasButton(await browser.open(authorizationUrl(server, provider)), 'Log in'),
      'the session expires after eight hours',
    );
  }
});

t.test('consent that is submitted twice gives one code, by policy', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  for (const provider of providers) {
    const realm = server.realm(provider.name);
    realm.policy = { ...realm.policy, consentFormTwice: 'same-code', consentFormFields: 'ignored' };
    const browser = new Browser();
    const login = await browser.open(authorizationUrl(server, provider));
    const consent = await browser.press(login, 'Log in', { username: demo.username, password: demo.password });
    const [first, second] = await Promise.all([browser.press(consent, 'Allow'), browser.press(consent, 'Allow')]);
    t.ok(first.url.searchParams.has('code'));
    t.equal(second.url.href, first.url.href, `${provider.name}: a double click`);
    const { searchParams } = (await browser.press(consent, 'Deny')).url;
    t.equal(searchParams.get('error'), 'access_denied', `${provider.name}: a denial is no code`);
    t.equal(server.realm(provider.name).codes.size, 1);
  }
});

t.test('a provider is served under its own Host without a prefix, for any port and letter case', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const mailup = providers.find(({ name }) => name === 'mailup')!;
  for (const provider of providers) {
    const { endpoints, hosts, name } = provider;
    const query = form({ client_id: demo.id, response_type: 'code', redirect_uri: demo.redirectUri });
    for (const host of hosts.flatMap((each) => [each, `${each}:8080`, each.toUpperCase()])) {
      const answer = await request(server.url, `GET ${endpoints.authorize[0]}?${query}`, [`Host: ${host}`]);
      t.match(
        answer.headers.location,
        new RegExp(`^${endpoints.login}\\?authorization=`),
        `${host}: the login page is below the same Host`,
      );
      t.match(answer.headers['set-cookie'], 'Path=/;', host);
      t.equal(server.lastEntry().provider, name);
    }
    const [host] = hosts as [string];
    const proxied = await request(server.url, `GET http://${host}${endpoints.authorize[0]}?${query}`);
    t.match(
      proxied.headers.location,
      new RegExp(`^${endpoints.login}\\?`),
      'the host of an absolute request target counts',
    );
    const prefixed = await request(server.url, `GET http://127.0.0.1/${name}${endpoints.authorize[0]}?${query}`);
    t.match(prefixed.headers.location, new RegExp(`^/${name}${endpoints.login}\\?`));
    t.equal(
      (await request(server.url, `GET /w/none/${name}/x`, [`Host: ${host}`])).status,
      404,
      'world paths work under the Host of a provider',
    );
    t.match(JSON.parse((await request(server.url, 'GET /__admin/health', ['Host: 127.0.0.1'])).body), { status: 'ok' });
    t.equal(
      (await request(server.url, `GET ${endpoints.authorize[0]}`, ['Host: other.example'])).status,
      404,
      'an unknown Host is not a provider',
    );
    t.equal((await request(server.url, `GET ${endpoints.api[0]}/%zz`, [`Host: ${host}`])).status, 400);
    t.match((await request(server.url, 'GET http://127.0.0.1')).status, 404);
  }

  server.worlds.open({ id: 'other' });
  const { token, api } = pathsOf(mailup);
  for (const path of [
    token.toLowerCase(),
    token.toUpperCase().replace('/MAILUP', '/mailup'),
    `/w/other${token.toLowerCase()}`,
  ]) {
    t.match(JSON.parse((await request(server.url, `GET ${path}`)).body), { error: 'invalid_client' }, path);
  }
  t.match(JSON.parse((await request(server.url, `GET ${api.toLowerCase()}/x`)).body), { ErrorCode: '401' });
  server.policy('mailup', { pathLetterCase: 'exact' });
  t.equal((await request(server.url, `GET ${token.toLowerCase()}`)).status, 404, 'where the policy wants exact paths');
  t.equal((await request(server.url, `GET ${token}`)).status, 400);
  t.equal(
    (await request(server.url, 'POST /DottedSign/v1/oauth/token')).status,
    404,
    "a provider's name is lower case",
  );
  t.equal((await request(server.url, 'POST /dottedsign/V1/oauth/token')).status, 404, 'and DottedSign minds the case');
});

t.test('MailUp allows scripts of any origin, and the other providers send no CORS headers', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  for (const provider of providers) {
    const { token, api } = pathsOf(provider);
    const any = provider.name === 'mailup' ? '*' : undefined;
    const origin = 'Origin: http://sample.example';
    t.equal((await request(server.url, `POST ${token}`, [origin])).headers['access-control-allow-origin'], any);
    t.equal((await request(server.url, `GET ${api}/x`, [origin])).headers['access-control-allow-origin'], any);
    t.equal(
      (await request(server.url, `GET ${api}/x`)).headers['access-control-allow-origin'],
      undefined,
      'no CORS headers without Origin',
    );
    const preflight = await request(server.url, `OPTIONS ${api}/x`, [origin, 'Access-Control-Request-Method: GET']);
    const refusal = provider.policy.apiChecksFirst === 'path' ? 404 : 401;
    t.equal(preflight.status, any === undefined ? refusal : 204);
    t.equal(preflight.headers['access-control-allow-headers'], any);
    t.equal(server.lastEntry().method, 'OPTIONS', 'the journal has it');
  }
});

t.test('the journal keeps only the length of a long body', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const text = 'x'.repeat(65_536);
  for (const [contentType, short, long] of [
    ['text/plain', text, `${text}x`],
    ['application/json', JSON.stringify(text.slice(2)), JSON.stringify(text)],
  ] as const) {
    for (const body of [short, long]) {
      await fetch(`${server.url}/tinyemail/v1/contacts`, {
        method: 'POST',
        headers: { 'content-type': contentType },
        body,
      });
      const { length } = body;
      const kept = server.lastEntry().body;
      const expected = contentType === 'text/plain' ? length : length - 2;
      if (body === short) {
        t.equal(String(parseRecorded(kept)).length, expected);
      } else {
        t.equal(kept?.text, `(${length} characters; the journal keeps bodies of up to 65536)`);
      }
    }
  }
  const form = `a=${text}`;
  const multipart = `--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n${text}\r\n--b--\r\n`;
  const chunked = { body: ReadableStream.from([Buffer.from(form)]), duplex: 'half' as const };
  for (const [contentType, length, options] of [
    ['application/x-www-form-urlencoded', form.length, { body: form }],
    ['multipart/form-data; boundary=b', multipart.length, { body: multipart }],
    ['application/x-www-form-urlencoded', form.length, chunked],
  ] as const) {
    await fetch(`${server.url}/tinyemail/v1/contacts`, {
      method: 'POST',
      headers: { 'content-type': contentType },
      ...options,
    });
    t.equal(
      server.lastEntry().body?.text,
      `(${length} characters; the journal keeps bodies of up to 65536)`,
      contentType,
    );
  }
});

t.test(
  "a provider's API accepts 1 MiB, the OAuth endpoints 64 KiB; a larger body is refused, and the connection stays open",
  async (t) => {
    const server = await startServer();
    t.teardown(() => server.close());
    const chunks = (bytes: number): ReadableStream =>
      ReadableStream.from(Array.from({ length: bytes / 65_536 }, () => Buffer.alloc(65_536, 'x')));
    const send = async (path: string, body: string | ReadableStream): Promise<number> =>
      (
        await fetch(server.url + path, {
          method: 'POST',
          headers: { 'content-type': 'application/x-www-form-urlencoded', authorization: 'Bearer none' },
          body,
          ...(typeof body === 'string' ? {} : { duplex: 'half' }),
        })
      ).status;
    for (const provider of providers) {
      const [api, token] = [`/${provider.name}${provider.endpoints.api[0]}/x`, pathsOf(provider).token];
      t.not(await send(api, 'x'.repeat(1024 * 1024)), 413, provider.name);
      for (const path of [api, token]) {
        for (const body of ['x'.repeat(16 * 1024 * 1024), chunks(16 * 1024 * 1024)]) {
          t.equal(await send(path, body), 413, path);
        }
        t.equal(server.lastEntry().explanation, `the body is larger than ${path === api ? 1_048_576 : 65_536} bytes`);
      }
    }
  },
);
