import { connect } from 'node:net';
import { once } from 'node:events';
import t from 'tap';
import { briefText } from '../../src/world/journal/brief-view.js';
import { viewEntry } from '../../src/world/journal/entry-view.js';
import { request } from '../raw.js';
import { demo, startServer } from '../support.js';
import { adminOf } from './calls.js';
import type { EntryView } from '../../src/world/journal/entry-view.js';

/*
 * A property: secrets of all kinds are sent in every place of a request and in every encoding. Nothing that the server
 * tells afterwards has one of them, in any of these encodings.
 */

/** What the log writes goes to standard error. */
const logged: string[] = [];
const write = process.stderr.write.bind(process.stderr);
process.stderr.write = (chunk: string | Uint8Array, ...rest: never[]) => {
  logged.push(String(chunk));
  return write('', ...rest);
};

const server = await startServer(undefined, 'info');
t.teardown(async () => {
  process.stderr.write = write;
  await server.close();
});

const clientSecret = 'S3cr3t-of-the-Client_42';
const oddSecret = '0dd:s3cr3t"with\'<50%>&more=;,';
const password = 'cörrect horse "& battery"';

type Encode = (secret: string) => string;
const everyByte: Encode = (secret) =>
  [...Buffer.from(secret)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join('');
const encodings: Readonly<Record<string, Encode>> = {
  plain: (secret) => secret,
  percent: encodeURIComponent,
  'percent, every byte': everyByte,
  'percent, twice': (secret) => encodeURIComponent(everyByte(secret)),
  form: (secret) => new URLSearchParams([['', secret]]).toString().slice(1),
  base64: (secret) => Buffer.from(secret).toString('base64'),
  base64url: (secret) => Buffer.from(secret).toString('base64url'),
  'base64 of id:secret': (secret) => Buffer.from(`${demo.id}:${secret}`).toString('base64'),
  'JSON escapes': (secret) =>
    [...Array(secret.length).keys()].map((i) => `\\u${secret.charCodeAt(i).toString(16).padStart(4, '0')}`).join(''),
};

const form = 'Content-Type: application/x-www-form-urlencoded';
/** Header values are bytes: letters outside ASCII are sent as UTF-8. */
const bytes = (text: string): string => Buffer.from(text).toString('latin1');
/** A value that can stand in a URL. */
const inUrl = (text: string): string => text.replaceAll(/[^\w.~%+/=-]/g, encodeURIComponent);

interface Urls {
  readonly token: string;
  readonly api: string;
  readonly authorize: string;
}

type Send = (urls: Urls, value: string) => Promise<unknown>;
const get = (url: string, path: string, ...headers: string[]): Promise<unknown> =>
  request(url, `GET ${new URL(url).pathname}${path}`, headers);
const post = (url: string, headers: readonly string[], body: string): Promise<unknown> =>
  request(url, `POST ${new URL(url).pathname}`, headers, Buffer.from(body));

const places: Readonly<Record<string, Send>> = {
  'a query value': ({ api }, value) => get(api, `/x?note=${inUrl(value)}`),
  'a query name': ({ api }, value) => get(api, `/x?${inUrl(value)}=1`),
  'the path': ({ api }, value) => get(api, `/x/${inUrl(value)}`),
  'a header': ({ api }, value) => get(api, '/x', `X-Note: ${bytes(value)}`),
  'a header among words': ({ api }, value) => get(api, '/x', `User-Agent: my app (${bytes(value)}; v1)`),
  'an unknown scheme': ({ api }, value) => get(api, '/x', `Authorization: Token ${bytes(value)}`),
  'a cookie': ({ api }, value) => get(api, '/x', `Cookie: note=${bytes(value)}`),
  'the Referer': ({ api }, value) => get(api, '/x', `Referer: https://example.com/?k=${inUrl(value)}`),
  'a form value': ({ token }, value) => post(token, [form], `grant_type=x&note=${inUrl(value)}`),
  'a form name': ({ token }, value) => post(token, [form], `grant_type=x&${inUrl(value)}=1`),
  'the client_id': ({ token }, value) => post(token, [form], `grant_type=x&client_id=${inUrl(value)}&client_secret=y`),
  'the grant type': ({ token }, value) => post(token, [form], `grant_type=${inUrl(value)}`),
  'a JSON value': ({ token }, value) =>
    post(token, ['Content-Type: application/json'], JSON.stringify({ note: [{ deep: value }] })),
  'a JSON name': ({ token }, value) =>
    post(token, ['Content-Type: application/json'], JSON.stringify({ [value]: { note: 1 } })),
  'unread text': ({ token }, value) => post(token, ['Content-Type: text/plain'], `note: ${value}.`),
  'unread XML': ({ token }, value) => post(token, ['Content-Type: text/xml'], `<note>${value}</note>`),
  'the Content-Type': ({ token }, value) => post(token, [`Content-Type: text/plain; x=${bytes(value)}`], 'a=b'),
  'the state': ({ authorize }, value) =>
    get(authorize, `?response_type=code&client_id=${demo.id}&redirect_uri=${demo.redirectUri}&state=${inUrl(value)}`),
  'the scope': ({ authorize }, value) =>
    get(authorize, `?response_type=code&client_id=${demo.id}&redirect_uri=${demo.redirectUri}&scope=${inUrl(value)}`),
  'the redirect_uri': ({ authorize }, value) =>
    get(authorize, `?response_type=code&client_id=${demo.id}&redirect_uri=${demo.redirectUri}?k=${inUrl(value)}`),
};

/** Mints one secret of each kind in a world. */
async function mint(world: string, provider: string): Promise<{ urls: Urls; secrets: Record<string, string> }> {
  const call = adminOf(`${server.url}/w/${world}`);
  const info = (
    await adminOf(server.url)<{
      providers?: Record<string, { tokenUrl: string; apiUrl: string; authorizeUrl: string }>;
    }>(`PUT /worlds/${world}`, {
      scenario: {
        extends: 'default',
        providers: {
          [provider]: {
            clients: [
              { id: demo.id, secret: demo.secret, redirectUris: [demo.redirectUri] },
              { id: 'plain', secret: clientSecret, redirectUris: [demo.redirectUri] },
              { id: 'odd', secret: oddSecret, redirectUris: [demo.redirectUri] },
            ],
            users: [{ id: demo.username, username: demo.username, password }],
          },
        },
        expect: [{ match: { endpoint: 'token', clientId: clientSecret } }],
      },
    })
  ).body;
  if (info.providers === undefined) throw new Error(JSON.stringify(info));
  const { tokenUrl, apiUrl, authorizeUrl } = info.providers[provider]!;
  const pair = { clientId: demo.id, userId: demo.username };
  const at = `/providers/${provider}`;
  const tokens = (await call<{ accessToken: string; refreshToken: string }>(`POST ${at}/tokens`, pair)).body;
  const { code } = (await call<{ code: string }>(`POST ${at}/codes`, { ...pair, redirectUri: demo.redirectUri })).body;
  return {
    urls: { token: tokenUrl, api: apiUrl, authorize: authorizeUrl },
    secrets: {
      'an access token': tokens.accessToken,
      'a refresh token': tokens.refreshToken,
      'a code': code,
      'the secret of a client': clientSecret,
      'a secret with signs': oddSecret,
      'the password of a user': password,
    },
  };
}

/** Everything that the server tells of a world. */
async function told(world: string): Promise<Record<string, string>> {
  const base = `${server.url}/w/${world}/__admin`;
  const calls = [
    'journal?limit=1000',
    'journal?limit=1000&brief=true',
    'journal/wait?timeout=1ms&status=599',
    'lineage',
    ...['json', 'junit', 'sarif', 'markdown', 'text'].map((format) => `findings?format=${format}`),
  ];
  const all: Record<string, string> = {};
  for (const call of calls) all[call] = await (await fetch(`${base}/${call}`)).text();
  all.verify = await (
    await fetch(`${base}/verify`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ match: { endpoint: 'token' }, count: 0 }),
    })
  ).text();
  all.log = logged.splice(0).join('');
  return all;
}

/** What a whole view shows in brief. */
function shorten({ request: whole, response: _response, facts: _facts, notes: _notes, ...rest }: EntryView): object {
  const { method, host, path } = whole;
  return { ...rest, request: { method, ...(host === undefined ? {} : { host }), path } };
}

async function streamed(world: string, lastId: number): Promise<string> {
  const { hostname, port } = new URL(server.url);
  const socket = connect({ host: hostname, port: Number(port) });
  socket.write(`GET /w/${world}/__admin/journal/stream?since=0 HTTP/1.1\r\nHost: ${hostname}:${port}\r\n\r\n`);
  const chunks: string[] = [];
  // the last id can begin in the chunk before
  while (!chunks.slice(-2).join('').includes(`id: ${lastId}\n`)) chunks.push(String((await once(socket, 'data'))[0]));
  socket.destroy();
  return chunks.join('');
}

for (const provider of ['mailup', 'tinyemail', 'dottedsign']) {
  t.test(`${provider}: no secret is told, wherever a client sends it`, async (t) => {
    const { urls, secrets } = await mint(`hidden-${provider}`, provider);
    for (const send of Object.values(places)) {
      for (const encode of Object.values(encodings)) {
        for (const secret of Object.values(secrets)) await send(urls, encode(secret));
      }
    }
    const world = `hidden-${provider}`;
    const { journal } = server.world(world);
    const entries = journal.entries();
    t.equal(entries.length, 1000, 'the journal is full');
    const all: Record<string, string> = { ...(await told(world)), stream: await streamed(world, journal.lastId) };
    t.ok(all.log!.split('\n').length > 1000, 'the log has a line for each request');
    const found: string[] = [];
    for (const [where, text] of Object.entries(all)) {
      for (const [kind, secret] of Object.entries(secrets)) {
        for (const [encoding, encode] of Object.entries(encodings)) {
          const spelled = encode(secret);
          for (const each of new Set([spelled, JSON.stringify(spelled).slice(1, -1), bytes(spelled)])) {
            const i = text.indexOf(each);
            if (i >= 0) found.push(`${where}: ${kind}, ${encoding}: ${text.slice(Math.max(0, i - 120), i + 60)}`);
          }
        }
      }
    }
    t.same(found, []);
    for (const entry of entries) {
      t.strictSame(JSON.parse(briefText(entry, server.world(world))), shorten(viewEntry(entry, server.world(world))));
    }
  });
}
