import t from 'tap';
import { request } from '../raw.js';
import { demo, startServer } from '../support.js';
import { Visit, basic, credentials, other } from './visit.js';
import type { RawAnswer } from '../raw.js';

const server = await startServer();
t.teardown(() => server.close());
const path = '/oauth/token';
const formType = 'Content-Type: application/x-www-form-urlencoded';
const jsonType = 'Content-Type: application/json';
const grant = 'grant_type=client_credentials&scope=third_party';
const client = `client_id=${demo.id}&client_secret=${demo.secret}`;

type Test = Parameters<Parameters<typeof t.test>[0]>[0];

interface Sent {
  readonly query?: string;
  readonly headers?: readonly string[];
  readonly body?: string | Buffer;
}

const visit = (): Visit => new Visit(server, 'dottedsign');
const send = (to: Visit, { query = '', headers = [formType], body = '' }: Sent): Promise<RawAnswer> =>
  request(server.url, `POST ${to.path}${path}${query}`, headers, body);

/** What the token endpoint answers, in short: the status, the error, and what is missing. */
function inShort({ status, body, headers }: RawAnswer): string {
  if (!headers['content-type']?.startsWith('application/json')) return `${status} ${body === '' ? 'empty' : body}`;
  const { error, error_description: words = '' } = JSON.parse(body) as { error?: string; error_description?: string };
  const missing = /^Missing required parameter: (.*)\.$/.exec(words)?.[1];
  return [status, error, missing].filter((each) => each !== undefined).join(' ');
}

async function all(
  t: Test,
  cases: Readonly<Record<string, readonly [Sent, string, (RegExp | undefined)?]>>,
): Promise<void> {
  const to = visit();
  for (const [title, [sent, expected, note]] of Object.entries(cases)) {
    t.equal(inShort(await send(to, sent)), expected, title);
    if (note !== undefined) t.match(to.entry().notes.join('\n'), note, `the journal of: ${title}`);
  }
}

t.test('the last of repeated parameters counts [dottedsign.reading.repeated]', (t) =>
  all(t, {
    'the last is right': [
      { body: `grant_type=magic&${grant}&${client}` },
      '200',
      /^"grant_type" was sent 2 times; the last value counts$/m,
    ],
    'the last is wrong': [{ body: `${grant}&${client}&grant_type=magic` }, '400 unsupported_grant_type'],
    'the last is empty': [{ body: `${grant}&${client}&grant_type=` }, '400 invalid_request grant_type'],
    'an unknown one': [{ body: `${grant}&${client}&foo=1&foo=2&foo=3` }, '200', /"foo" was sent 3 times/],
    'in a multipart form': [
      {
        headers: ['Content-Type: multipart/form-data; boundary=b'],
        body: `${multipart(`grant_type=magic&${grant}&${client}`)}--b--\r\n`,
      },
      '200',
      /"grant_type" was sent 2 times/,
    ],
    'a hundred names twice': [
      { body: `${grant}&${client}&${Array.from({ length: 100 }, (_, i) => `a${i}=1&a${i}=2`).join('&')}` },
      '200',
      /^and 90 more of this kind$/m,
    ],
  }),
);

t.test('the query counts before the body [dottedsign.reading.query-over-body]', (t) =>
  all(t, {
    'the query is right': [
      { query: '?grant_type=client_credentials', body: `grant_type=magic&${client}` },
      '200',
      /"grant_type" was sent in the body and in the query; the value of the query counts/,
    ],
    'the query is wrong': [{ query: '?grant_type=magic', body: `${grant}&${client}` }, '400 unsupported_grant_type'],
    'the query is empty': [{ query: '?grant_type=', body: `${grant}&${client}` }, '400 invalid_request grant_type'],
    'the client in both': [{ query: `?${client}`, body: `${grant}&${client}` }, '200'],
    'JSON and the query': [
      { query: `?${client}`, headers: [jsonType], body: '{"grant_type":"client_credentials","client_id":"x"}' },
      '200',
    ],
  }),
);

t.test('names with brackets make lists and objects [dottedsign.reading.nested] [dottedsign.reading.depth]', (t) =>
  all(t, {
    'an unknown list': [{ body: `${grant}&${client}&foo[]=1&foo[]=2` }, '200'],
    'an unknown object': [{ body: `${grant}&${client}&foo[a]=1&foo[b][]=2&foo[b][]=3` }, '200'],
    'a list of objects': [{ body: `${grant}&${client}&a[][x]=1&a[][y]=2&a[][x]=3&a[][b][c]=1&a[][]=4` }, '200'],
    'brackets alone': [{ body: `${grant}&${client}&[]=1&[=2&]=3&a[=4&=5` }, '200'],
    'encoded brackets': [{ body: `${grant}&${client}&foo%5Ba%5D=1` }, '200'],
    'text, then an object': [{ body: `${grant}&${client}&foo=1&foo[a]=2` }, '400 empty'],
    'text, then a list': [{ body: `${grant}&${client}&foo=1&foo[]=2` }, '400 empty'],
    'a list, then an object': [{ body: `${grant}&${client}&foo[]=1&foo[a]=2` }, '400 empty'],
    'an object, then a list': [{ query: '?foo[a]=2&foo[]=1', body: `${grant}&${client}` }, '400 empty'],
    'an object, then text': [{ body: `${grant}&${client}&foo[a]=2&foo=1` }, '200'],
    'ninety levels': [{ body: `${grant}&${client}&foo${'[a]'.repeat(90)}=1` }, '200'],
    'two hundred levels': [{ body: `${grant}&${client}&foo${'[a]'.repeat(200)}=1` }, '400 empty'],
    'a list as grant_type': [
      { body: `grant_type[]=client_credentials&${client}` },
      '400 unsupported_grant_type',
      /"grant_type" is a list, and counts as an unknown text/,
    ],
    'an object as client_id': [{ body: `${grant}&client_id[x]=1&client_secret=x` }, '401 invalid_client'],
    'objects in JSON under unknown names': [{ headers: [jsonType], body: json({ foo: { a: [1, null, 'x'] } }) }, '200'],
    'a list in JSON': [{ headers: [jsonType], body: json({ grant_type: ['a'] }) }, '400 unsupported_grant_type'],
    'an empty list in JSON': [
      { headers: [jsonType], body: json({ grant_type: [] }) },
      '400 invalid_request grant_type',
      /"grant_type" is a list, and counts as missing/,
    ],
    'false in JSON': [{ headers: [jsonType], body: json({ grant_type: false }) }, '400 invalid_request grant_type'],
    'true in JSON': [{ headers: [jsonType], body: json({ grant_type: true }) }, '400 unsupported_grant_type'],
    'a JSON list': [{ headers: [jsonType], body: '[1]' }, '400 invalid_request grant_type', /is JSON, but no object/],
    'a JSON text and the query': [{ query: `?${grant}&${client}`, headers: [jsonType], body: '"x"' }, '200'],
  }),
);

t.test('a semicolon separates parameters of a query, and not those of a form [dottedsign.reading.semicolon]', (t) =>
  all(t, {
    'in the query': [{ query: `?${grant}&${client}`.replaceAll('&', ';') }, '200'],
    'in a form': [{ body: `${grant}&${client}`.replaceAll('&', ';') }, '400 unsupported_grant_type'],
    'spaces after the separator': [{ body: `${grant}&  ${client.replaceAll('&', '& ')}&&` }, '200'],
  }),
);

t.test('a blank parameter is missing [dottedsign.reading.blank]', async (t) => {
  await all(t, {
    grant_type: [
      { body: `grant_type=%20&${client}` },
      '400 invalid_request grant_type',
      /"grant_type" has nothing but white space, and counts as missing/,
    ],
    'code, a no-break space': [
      { body: `grant_type=authorization_code&code=%C2%A0&${client}` },
      '400 invalid_request code',
    ],
    redirect_uri: [
      { body: `grant_type=authorization_code&code=x&redirect_uri=+&${client}` },
      '400 invalid_request redirect_uri',
    ],
    refresh_token: [
      { body: `grant_type=refresh_token&refresh_token=%09&${client}` },
      '400 invalid_request refresh_token',
    ],
    scope: [{ body: `grant_type=client_credentials&scope=%20&${client}` }, '200'],
  });
  const to = visit();
  const location = (await to.authorize({ state: ' ' })).headers.get('location')!;
  t.equal(new URL(location).searchParams.has('state'), false, 'a blank state does not come back');
});

t.test(
  'what cannot be decoded is a bad request [dottedsign.reading.broken-encoding] [dottedsign.error.json]',
  async (t) => {
    await all(t, {
      'a percent sign in a value': [{ body: `${grant}&${client}&x=%zz` }, '400 empty'],
      'a percent sign in a name': [{ body: `${grant}&${client}&%z=1` }, '400 empty'],
      'a percent sign in the query': [{ query: '?x=100%', body: `${grant}&${client}` }, '400 empty'],
      'bytes that are not UTF-8': [{ body: `${grant}&${client}&x=%ff%fe` }, '400 empty'],
      'raw bytes that are not UTF-8': [{ body: Buffer.from(`${grant}&${client}&x=\xff`, 'latin1') }, '400 empty'],
      'JSON that is not UTF-8': [
        { headers: [jsonType], body: Buffer.from(json({ x: '\xff' }), 'latin1') },
        '400 empty',
      ],
      'broken JSON': [{ headers: [jsonType], body: '{' }, '400 empty'],
      'UTF-8, encoded and raw': [{ body: `${grant}&${client}&x=zo%C3%AB✓` }, '200'],
      'a NUL': [{ body: `${grant}&${client}&x=a%00b` }, '200'],
    });
    const to = visit();
    const broken = { body: 'grant_type=%zz' };
    for (const [accept, type, body] of [
      ['application/json', 'application/json; charset=UTF-8', '{"status":400,"error":"Bad Request"}'],
      ['text/html;q=0.5, text/x-json', 'application/json; charset=UTF-8', '{"status":400,"error":"Bad Request"}'],
      ['application/json, text/plain, */*', 'text/html; charset=UTF-8', ''],
      ['*/*', 'text/html; charset=UTF-8', ''],
      ['text/xml', 'application/xml; charset=UTF-8', xml],
    ] as const) {
      const answer = await send(to, { ...broken, headers: [formType, `Accept: ${accept}`] });
      t.same([answer.status, answer.headers['content-type'], answer.body], [400, type, body], accept);
    }
    t.equal(
      to.entry().explanation,
      '"grant_type" is malformed: its percent-encoding is broken, or its bytes are not UTF-8',
    );
    for (const state of ['%zz', '%ff']) {
      const page = await to.fetch(`${to.authorizeUrl()}&state=${state}`);
      t.same([page.status, await page.text()], [400, ''], `state=${state}`);
    }
  },
);

t.test('which bodies are read [dottedsign.reading.body-types] [dottedsign.reading.unread]', (t) =>
  all(t, {
    'JSON by another name': [{ headers: ['Content-Type: text/x-json'], body: json({}) }, '200'],
    'no Content-Type': [{ headers: [], body: `${grant}&${client}` }, '200'],
    'a form in capitals': [
      { headers: ['Content-Type: Application/X-WWW-Form-URLencoded;charset=utf-8'], body: `${grant}&${client}` },
      '200',
    ],
    'multipart with a file': [
      {
        headers: ['Content-Type: multipart/form-data; boundary=b'],
        body: `${multipart(`${grant}&${client}`)}--b\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\nx\r\n--b--\r\n`,
      },
      '200',
    ],
    'multipart without a boundary, a form in fact': [
      { headers: ['Content-Type: multipart/form-data'], body: `${grant}&${client}` },
      '200',
    ],
    'text/plain': [
      { headers: ['Content-Type: text/plain'], body: `${grant}&${client}` },
      '400 invalid_request grant_type',
      /^the body is "text\/plain" and is not read; read: application\/x-www-form-urlencoded, application\/json/m,
    ],
    'JSON that Rails does not know': [
      { headers: ['Content-Type: application/vnd.api+json'], body: json({}) },
      '400 invalid_request grant_type',
    ],
    'XML, and all in the query': [
      { query: `?${grant}&${client}`, headers: ['Content-Type: application/xml'], body: '<a/>' },
      '200',
    ],
    'a word': [{ headers: ['Content-Type: form'], body: `${grant}&${client}` }, '406 empty'],
    'nothing before the semicolon': [
      { headers: ['Content-Type: ;charset=utf-8'], body: `${grant}&${client}` },
      '400 invalid_request grant_type',
    ],
  }),
);

t.test(
  'Basic is read without decoding, in its exact letter case, and other credentials beside it do not count [dottedsign.reading.basic-exact] [dottedsign.reading.basic-raw] [dottedsign.reading.basic-alone]',
  async (t) => {
    const right = basic(demo.id, demo.secret);
    const wrong = basic(demo.id, 'x');
    const encoded = basic('understudy%2Dclient', 'understudy%2Dsecret');
    const by = (authorization: string, more = ''): Sent => ({
      headers: [formType, `Authorization: ${authorization}`],
      body: `${grant}${more}`,
    });
    const base64 = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`;
    await all(t, {
      'Basic alone': [by(right), '200'],
      'basic in small letters': [by(right.replace('Basic', 'basic')), '401 invalid_client'],
      'BASIC in capitals': [by(right.replace('Basic', 'BASIC')), '401 invalid_client'],
      'two spaces': [by(right.replace(' ', '  ')), '200'],
      'a tab': [by(right.replace(' ', '\t')), '401 invalid_client'],
      'no padding': [by(right.replace(/=+$/, '')), '200'],
      'characters that are not base64': [by(right.replace('Basic ', 'Basic !-')), '200'],
      'form-encoded': [by(encoded), '401 invalid_client'],
      'Basic right, parameters of another client': [
        by(right, '&client_id=other-client&client_secret=other-secret'),
        '200',
        /^credentials were sent by basic and by body; those of basic count$/m,
      ],
      'Basic right, an unknown client_id': [by(right, '&client_id=nobody'), '200'],
      'Basic wrong, parameters right': [by(wrong, `&${client}`), '401 invalid_client'],
      'an id without a colon, parameters right': [by(base64(demo.id), `&${client}`), '401 invalid_client'],
      'no id, parameters right': [by(base64(':x'), `&${client}`), '200'],
      'not base64, parameters right': [by('Basic !!!', `&${client}`), '200'],
      'Bearer, parameters right': [by('Bearer abc', `&${client}`), '200'],
    });
    const to = visit();
    await send(to, by(encoded));
    t.equal(
      to.entry().explanation?.split('; they are')[1],
      ' right if read as form-encoded, which the policy basicDecoding excludes',
    );
    await send(to, by(basic(demo.id, 'understudy%2Dsecret')));
    t.match(to.entry().explanation, /is not the secret of client .*; they are right if read as form-encoded/);
  },
);

t.test('state comes back with some refusals', async (t) => {
  const to = visit();
  to.policy({ grants: [...to.realm.policy.grants, 'password'] });
  const state = async (parameters: Readonly<Record<string, string>>): Promise<unknown> =>
    ((await (await to.token({ ...credentials, state: 'xyz', ...parameters })).json()) as { state?: string }).state;
  t.equal(await state({}), 'xyz');
  t.equal(await state({ grant_type: 'magic' }), 'xyz');
  t.equal(await state({ grant_type: 'authorization_code' }), 'xyz');
  t.equal(await state({ grant_type: 'password', email: demo.username, password: 'x' }), 'xyz');
  t.equal(await state({ grant_type: 'refresh_token' }), undefined);
  t.equal(await state({ grant_type: 'client_credentials', client_secret: 'x' }), undefined);
  to.policy({ echoStateAtToken: false });
  t.equal(await state({}), undefined);
  const body = await (await to.policy({ echoStateAtToken: true }).token({ state: 'x"y' })).text();
  t.match(body, /^\{"error":"invalid_request","error_description":"[^"]*","state":"x\\"y","error_code":400004/);
});

t.test('the authorization endpoint and revocation read parameters alike', async (t) => {
  const to = visit();
  for (const more of ['&client_id=understudy-client', '&foo=1&foo=2', '&foo[]=1', '&x=%5B']) {
    t.equal((await to.fetch(`${to.authorizeUrl({ client_id: 'nobody' })}&client_id=${demo.id}${more}`)).status, 302);
  }
  const listed = await to.fetch(`${to.authorizeUrl()}&state[]=a`);
  t.equal(new URL(listed.headers.get('location')!).searchParams.has('state'), false, 'a list is no state');
  t.match(to.entry().notes.join(), /"state" is a list, and counts as missing/);
  t.equal((await to.fetch(to.authorizeUrl().replace('client_id=', 'client_id[]='))).status, 200);
  t.equal(to.entry().reason, 'authorize.client-missing');

  const { access } = await to.pair({ scope: 'third_party' });
  const revoked = await to.fetch('/oauth/revoke', {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: `token=x&token=${access}&${client}`,
  });
  t.equal(revoked.status, 200);
  t.equal((await to.api('/members/me', access)).status, 401);
  t.equal((await to.token({ ...other, grant_type: 'client_credentials', scope: 'third_party' })).status, 200);
});

/** The members of a good request in JSON, and others. */
function json(more: Readonly<Record<string, unknown>>): string {
  return JSON.stringify({ ...credentials, grant_type: 'client_credentials', scope: 'third_party', ...more });
}

/** The parts of a multipart body with the boundary `b`. */
function multipart(form: string): string {
  return [...new URLSearchParams(form)]
    .map(([name, value]) => `--b\r\nContent-Disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`)
    .join('');
}

const xml = `<?xml version="1.0" encoding="UTF-8"?>
<hash>
  <status type="integer">400</status>
  <error>Bad Request</error>
</hash>
`;
