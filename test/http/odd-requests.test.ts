import { gzipSync } from 'node:zlib';
import t from 'tap';
import { sendRaw } from '../raw.js';
import { demo, startServer } from '../support.js';

const server = await startServer();
t.teardown(() => server.close());

const form = 'application/x-www-form-urlencoded';
const pairs = `client_id=${demo.id}&client_secret=${demo.secret}`;

async function notesOf(body: string | Buffer, headers: Record<string, string> = {}, query = ''): Promise<string> {
  const url = `${server.url}/dottedsign/v1/oauth/token${query}`;
  await fetch(url, {
    method: 'POST',
    headers: { 'content-type': form, ...headers },
    body: new Uint8Array(Buffer.from(body)),
  });
  const { notes, explanation } = server.lastEntry();
  return [...notes, explanation].join('\n');
}

t.test('a compressed body is named', async (t) => {
  const notes = await notesOf(gzipSync(`grant_type=password&${pairs}`), { 'content-encoding': 'gzip' });
  t.match(notes, /the body has the Content-Encoding "gzip"; it is read as it stands/);
  t.notMatch(await notesOf(`grant_type=password&${pairs}`, { 'content-encoding': 'identity' }), /Content-Encoding/);
});

t.test('a compressed body without Content-Encoding is named', async (t) => {
  for (const type of [form, 'application/json', 'application/xml']) {
    const notes = await notesOf(gzipSync(`grant_type=password&${pairs}`), { 'content-type': type });
    t.match(notes, /the body is gzip data \(it begins with the bytes 1f 8b\) without a Content-Encoding/, type);
  }
  const named = await notesOf(gzipSync(pairs), { 'content-encoding': 'gzip' });
  t.notMatch(named, /gzip data/, 'the header says it');
});

t.test('a second Authorization header is named at every endpoint', async (t) => {
  const lines = 'Authorization: Bearer x\r\nAUTHORIZATION: Basic eA==\r\n';
  const note = /the request has 2 Authorization headers; the first counts, and the others are dropped/;
  for (const path of [
    '/dottedsign/v1/members/me',
    '/dottedsign/v1/oauth/token',
    '/dottedsign/v1/oauth/authorize',
    '/tinyemail/oauth/token',
    '/mailup/Authorization/OAuth/Token',
  ]) {
    await sendRaw(server.url, `GET ${path} HTTP/1.1\r\nHost: a\r\n${lines}Connection: close\r\n\r\n`);
    t.match(server.lastEntry().notes.join(), note, path);
  }
  await sendRaw(server.url, `GET /mailup/nothing HTTP/1.1\r\nHost: a\r\nAuthorization: x\r\nConnection: close\r\n\r\n`);
  t.notMatch(server.lastEntry().notes.join(), note);
});

t.test('parameters that are separated as in HTML are named', async (t) => {
  t.match(await notesOf(`grant_type=password&amp;client_id=${demo.id}`), /the body has &amp; between parameters/);
  t.match(
    await notesOf('', {}, '?grant_type=password&amp;client_id=x'),
    /the query has &amp; between parameters, as in HTML: this provider reads them, because it separates/,
  );
  await fetch(`${server.url}/tinyemail/oauth/token?grant_type=password&amp;client_id=x`, { method: 'POST' });
  t.match(server.lastEntry().notes.join(), /the query has &amp; between parameters, .* are not recognized/);
  t.notMatch(await notesOf(`grant_type=password&${pairs}&amp=1`), /&amp;/);
});

t.test('the name of a file instead of its content is named', async (t) => {
  for (const body of ['params.txt', '@params.txt', './data/params']) {
    t.match(
      await notesOf(body),
      /the body is a single word without a value; if it is the name of a file, curl needs @/,
    );
  }
  t.match(await notesOf('body.json', { 'content-type': 'application/json' }), /curl needs @ before it/);
  t.match(await notesOf('body.xml', { 'content-type': 'application/xml' }), /curl needs @ before it/);
  t.notMatch(await notesOf('grant_type=password'), /curl/);
  t.notMatch(await notesOf('grant_type=&code='), /curl/);
  t.notMatch(await notesOf('{"a"', { 'content-type': 'application/json' }), /curl/);
});

t.test('JSON with another Content-Type is named', async (t) => {
  const json = JSON.stringify({ grant_type: 'password', redirect_uri: 'http://localhost/?a=b&c=d' });
  t.match(await notesOf(json), /the body looks like JSON, and its Content-Type names another type/);
  t.match(await notesOf(json, { 'content-type': 'application/xml' }), /the body looks like JSON/);
  t.notMatch(await notesOf(json, { 'content-type': 'application/json' }), /looks like JSON/);
});

t.test('a form that is encoded as a whole is named', async (t) => {
  t.match(await notesOf(encodeURIComponent(`grant_type=password&${pairs}`)), /the body is percent-encoded as a whole/);
});

t.test('outside of every provider, a multipart body that cannot be read is not looked at', async (t) => {
  const init = { method: 'POST', headers: { 'content-type': 'multipart/form-data' }, body: 'x=1' };
  const answer = await fetch(`${server.url}/nowhere`, init);
  t.equal(answer.status, 404);
  t.match(await answer.text(), /Nothing is served at/);
});

t.test(
  'a sentence of the journal is not reversed by what a client sent; the facts have it as it was sent',
  async (t) => {
    const reversing = 'a\u202eb\u2066';
    const text = await notesOf(new URLSearchParams({ grant_type: reversing, [`${reversing}[]`]: '1' }).toString());
    t.notMatch(text, /\p{Bidi_Control}/u);
    t.match(text, '"a\\u202eb\\u2066');
    t.equal(server.lastEntry().grantType, reversing);
    const secret = 'Secret\u202eOfTheClientWhichIsLong';
    await notesOf(new URLSearchParams({ grant_type: `${secret}x`, client_secret: secret }).toString());
    const shown = await (await fetch(`${server.url}/__admin/journal/${server.lastEntry().id}`)).text();
    t.match(shown, 'grant.unsupported');
    t.notMatch(shown, 'OfTheClient', 'a secret is replaced in that spelling too');
  },
);
