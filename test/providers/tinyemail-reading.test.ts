import t from 'tap';
import { request } from '../raw.js';
import { demo, startServer } from '../support.js';
import { Visit, basic, credentials } from './visit.js';
import type { RawAnswer } from '../raw.js';

const server = await startServer();
t.teardown(() => server.close());
const formType = 'Content-Type: application/x-www-form-urlencoded';
const client = `client_id=${demo.id}&client_secret=${demo.secret}`;
const grant = 'grant_type=refresh_token&refresh_token=x';
/** Understood and authenticated: only the refresh token is none. */
const understood = '400 Invalid refresh token: x';
const badCredentials = '401 Bad client credentials';

interface Sent {
  readonly query?: string;
  readonly headers?: readonly string[];
  readonly body?: string | Buffer;
}
type Test = Parameters<Parameters<typeof t.test>[0]>[0];
type Cases = Readonly<Record<string, readonly [sent: Sent, answer: string, note?: RegExp]>>;

const visit = (): Visit => new Visit(server, 'tinyemail');
const send = (to: Visit, { query = '', headers = [formType], body = '' }: Sent): Promise<RawAnswer> =>
  request(server.url, `POST ${to.path}${to.provider.endpoints.token[0]}${query}`, headers, body);
const inShort = ({ status, body }: RawAnswer): string =>
  `${status} ${(JSON.parse(body) as { error_description?: string }).error_description}`;

async function all(t: Test, cases: Cases): Promise<void> {
  const to = visit();
  for (const [title, [sent, expected, note]] of Object.entries(cases)) {
    t.equal(inShort(await send(to, sent)), expected, title);
    if (note !== undefined) t.match(to.entry().notes.join('\n'), note, `the journal of: ${title}`);
  }
}

t.test('the first of repeated parameters counts [tinyemail.reading.repeated]', (t) =>
  all(t, {
    'the first is right': [
      { body: `${grant}&${client}&grant_type=magic&foo=1&foo=2` },
      understood,
      /^"grant_type" was sent 2 times; the first value counts$/m,
    ],
    'the first is wrong': [{ body: `grant_type=magic&${grant}&${client}` }, '400 Unsupported grant type'],
    'names with brackets': [{ body: `${grant}&${client}&foo=1&foo[a]=2&grant_type[]=magic` }, understood],
    'a semicolon': [{ body: `${grant};a=b&${client}` }, '400 Invalid refresh token: x;a=b'],
  }),
);

t.test('the query counts before the body [tinyemail.reading.query-first]', (t) =>
  all(t, {
    'the query is right': [
      { query: `?${grant}`, body: `grant_type=magic&${client}` },
      understood,
      /"grant_type" was sent in the body and in the query; the value of the query counts/,
    ],
    'the query is wrong': [{ query: '?grant_type=magic', body: `${grant}&${client}` }, '400 Unsupported grant type'],
    'the client in both': [{ query: `?${client}`, body: `${grant}&${client}` }, understood],
  }),
);

t.test('a body that is no form is left unread [tinyemail.reading.unread]', (t) => {
  const byBasic = `Authorization: ${basic(demo.id, demo.secret)}`;
  const json = JSON.stringify({ ...credentials, grant_type: 'refresh_token' });
  const noClient = '401 Full authentication is required to access this resource';
  const sent = (type: string | undefined, body: string | Buffer, headers: readonly string[] = []): Sent => ({
    headers: [...headers, ...(type === undefined ? [] : [`Content-Type: ${type}`])],
    body,
  });
  return all(t, {
    'JSON, all in the query': [{ ...sent('application/json', '{}'), query: `?${grant}&${client}` }, understood],
    'broken JSON, all in the query': [{ ...sent('application/json', '{'), query: `?${grant}&${client}` }, understood],
    'JSON alone': [sent('application/json', json), noClient, /^the body is "application\/json" and is not read/m],
    'JSON and Basic': [sent('application/json', json, [byBasic]), '400 Missing grant type'],
    'no Content-Type': [sent(undefined, `${grant}&${client}`), noClient, /^the body has no Content-Type/m],
    'no media type': [sent('form', `${grant}&${client}`), noClient, /^the body is "form" and is not read/m],
    'text/plain': [sent('text/plain', `${grant}&${client}`), noClient],
  });
});

t.test('the fields of a multipart body are parameters [tinyemail.reading.multipart]', (t) => {
  const type = 'Content-Type: multipart/form-data; boundary=x';
  const byBasic = `Authorization: ${basic(demo.id, demo.secret)}`;
  const part = (name: string, value: string, more = ''): string =>
    `--x\r\nContent-Disposition: form-data; name="${name}"${more}\r\n\r\n${value}\r\n`;
  const pairs = [...new URLSearchParams(`${grant}&${client}`)].map(([name, value]) => part(name, value)).join('');
  return all(t, {
    'all in it': [{ headers: [type], body: `${pairs}--x--` }, understood],
    'the query counts first': [
      { headers: [type], body: `${pairs}--x--`, query: '?grant_type=magic' },
      '400 Unsupported grant type',
    ],
    'a file': [
      { headers: [type, byBasic], body: `${part('grant_type', 'refresh_token', '; filename="a"')}--x--` },
      '400 Missing grant type',
    ],
    empty: [{ headers: [type, byBasic], body: '--x--' }, '400 Missing grant type'],
    broken: [
      { headers: [type, byBasic], body: '--x' },
      '400 Missing grant type',
      /^the multipart body cannot be read, and has no parameters$/m,
    ],
    'without a boundary': [
      { headers: ['Content-Type: multipart/form-data', byBasic], body: `${grant}&${client}` },
      '400 Missing grant type',
    ],
  });
});

t.test('what cannot be decoded is dropped or replaced [tinyemail.reading.broken-encoding]', (t) =>
  all(t, {
    'an unknown parameter': [
      { body: `${grant}&${client}&x=%zz&%=1` },
      understood,
      /^"x" has a broken percent-encoding, and is dropped$/m,
    ],
    'a known one': [{ body: `${grant}&${client}`.replace('=x', '=%zz') }, '400 refresh_token parameter not provided'],
    'bytes that are not UTF-8': [
      { body: `${grant}&${client}`.replace('=x', '=a+%ffé%25') },
      /* as Latin-1, since the answer is read so */ `400 Invalid refresh token: ${Buffer.from('a \uFFFD&eacute;%').toString('latin1')}`,
      /"refresh_token" has bytes that are not UTF-8/,
    ],
    'raw bytes that are not UTF-8': [
      { body: Buffer.from(`${grant}&${client}&x=\xff`, 'latin1') },
      understood,
      /"x" has bytes that are not UTF-8, and is read with U\+FFFD in their place/,
    ],
  }),
);

t.test(
  'parameters are looked at before Basic, which is raw [tinyemail.reading.parameters-first] [tinyemail.reading.basic-raw]',
  async (t) => {
    const right = basic(demo.id, demo.secret);
    const others = basic('other-client', 'other-secret');
    const by = (authorization: string, more = ''): Sent => ({
      headers: [formType, `Authorization: ${authorization}`],
      body: `${grant}${more}`,
    });
    await all(t, {
      'Basic alone': [by(right), understood],
      'basic in small letters': [by(right.replace('Basic', 'bASIC')), understood],
      'form-encoded': [by(basic('understudy%2Dclient', demo.secret)), badCredentials],
      'Basic wrong': [by(basic(demo.id, 'x')), badCredentials],
      'Basic right, client_id alone': [by(right, `&client_id=${demo.id}`), badCredentials],
      'Basic right, a wrong secret': [by(right, `&client_id=${demo.id}&client_secret=x`), badCredentials],
      'Basic wrong, parameters right': [
        by(basic(demo.id, 'x'), `&${client}`),
        understood,
        /^credentials were sent by basic and by body; those of body count$/m,
      ],
      'two clients, both right': [by(others, `&${client}`), '401 Given client ID does not match authenticated client'],
      'two clients, Basic wrong': [by(basic('other-client', 'x'), `&${client}`), badCredentials],
      'two clients, Basic unknown': [by(basic('nobody', 'x'), `&${client}`), badCredentials],
      'Basic without a colon': [by(`Basic ${Buffer.from(demo.id).toString('base64')}`), badCredentials],
      'Basic without a colon, parameters right': [
        by(`Basic ${Buffer.from(demo.id).toString('base64')}`, `&${client}`),
        badCredentials,
      ],
      'Bearer, parameters right': [by('Bearer x', `&${client}`), understood],
    });
    const to = visit();
    const { headers } = await send(to, by(others, `&${client}`));
    t.match(headers['www-authenticate'], /^Bearer error="invalid_client"/);
    t.equal(to.entry().reason, 'client.ids-differ');
  },
);

t.test('the authorization endpoint takes the first value too', async (t) => {
  const to = visit();
  const answer = await to.fetch(`${to.authorizeUrl({ state: 'a' })}&state=b&client_id=nobody&x=%zz`);
  t.equal(new URL(answer.headers.get('location')!).searchParams.get('state'), 'a');
});
