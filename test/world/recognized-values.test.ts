import t from 'tap';
import { demo, startServer } from '../support.js';
import { urlsOf } from '../../src/http/urls.js';
import { findProvider } from '../../src/providers/index.js';
import { adminOf } from '../admin/calls.js';
import type { EntryView } from '../../src/client/index.js';

const server = await startServer();
t.teardown(() => server.close());

interface Pair {
  readonly accessToken: string;
  readonly refreshToken: string;
}

/** A world with a token pair of each provider that is asked for. */
class Place {
  readonly id: string;

  constructor(id: string) {
    this.id = id;
    server.worlds.open({ id });
  }

  get call(): ReturnType<typeof adminOf> {
    return adminOf(`${server.url}/w/${this.id}`);
  }

  async mint(provider = 'dottedsign'): Promise<Pair> {
    const body = { clientId: demo.id, userId: demo.username };
    return (await this.call<Pair>(`POST /providers/${provider}/tokens`, body)).body;
  }

  async code(provider = 'dottedsign'): Promise<string> {
    const body = { clientId: demo.id, userId: demo.username, redirectUri: demo.redirectUri };
    return (await this.call<{ code: string }>(`POST /providers/${provider}/codes`, body)).body.code;
  }

  async #last(): Promise<EntryView> {
    return (await this.call<{ entries: EntryView[] }>('GET /journal')).body.entries.at(-1)!;
  }

  /** Calls the API. Returns the explanation in the journal. */
  async api(authorization: string, provider = 'dottedsign'): Promise<string> {
    const { apiUrl } = urlsOf(findProvider(provider)!, server.url, this.id);
    await fetch(`${apiUrl}/members/me`, { headers: { authorization } });
    return String((await this.#last()).explanation);
  }

  async post(endpoint: 'token' | 'revoke' | 'introspect', form: object, provider = 'dottedsign'): Promise<EntryView> {
    const found = findProvider(provider)!;
    const url = urlsOf(found, server.url, this.id).baseUrl + found.endpoints[endpoint][0];
    const parameters = { client_id: demo.id, client_secret: demo.secret, ...form } as Record<string, string>;
    await fetch(url, { method: 'POST', body: new URLSearchParams(parameters) });
    return this.#last();
  }

  async refresh(token: string, provider?: string): Promise<string> {
    const form = { grant_type: 'refresh_token', refresh_token: token };
    return String((await this.post('token', form, provider)).explanation);
  }

  async exchange(code: string, provider?: string): Promise<string> {
    const form = { grant_type: 'authorization_code', code, redirect_uri: demo.redirectUri };
    return String((await this.post('token', form, provider)).explanation);
  }
}

t.test('a token of another kind is named', async (t) => {
  const place = new Place('kinds');
  const { accessToken, refreshToken } = await place.mint();
  const code = await place.code();
  t.equal(await place.refresh(accessToken), 'the refresh token is unknown: it is an access token');
  t.equal(await place.refresh(code), 'the refresh token is unknown: it is an authorization code');
  t.equal(await place.api(`Bearer ${refreshToken}`), 'the access token is unknown: it is a refresh token');
  t.equal(await place.api(`Bearer ${code}`), 'the access token is unknown: it is an authorization code');
  t.equal(await place.exchange(accessToken), 'the code is unknown: it is an access token');
  t.equal(await place.api(`Bearer ${demo.id}`), 'the access token is unknown: it is a client id');
  t.equal(
    await place.api(`Bearer ${demo.secret}`),
    `the access token is unknown: it is the secret of client "${demo.id}"`,
  );
});

t.test('another scheme than Bearer is named, with what follows it', async (t) => {
  const place = new Place('schemes');
  const { accessToken } = await place.mint();
  const tiny = await place.mint('tinyemail');
  const mailup = await place.mint('mailup');
  for (const scheme of ['Token', 'OAuth', 'JWT', 'Basic', 'Bearer:']) {
    t.equal(
      await place.api(`${scheme} ${accessToken}`),
      `no access token was sent; the Authorization header has the scheme "${scheme}", and Bearer was expected; ` +
        'its value is an access token',
    );
    const words = scheme === 'Bearer:' ? /an access token/ : new RegExp(`scheme "${scheme}".* an access token$`);
    t.match(await place.api(`${scheme} ${tiny.accessToken}`, 'tinyemail'), words);
    t.match(await place.api(`${scheme} ${mailup.accessToken}`, 'mailup'), /the scheme is .* it is an access token/);
  }
  t.equal(
    await place.api('Negotiate abc'),
    'no access token was sent; the Authorization header has the scheme "Negotiate", and Bearer was expected',
  );
});

t.test('a client secret that is no secret is named', async (t) => {
  const place = new Place('secrets');
  const { accessToken } = await place.mint();
  const form = { grant_type: 'client_credentials' };
  const secret = async (value: string): Promise<string> =>
    String((await place.post('token', { ...form, client_secret: value })).explanation);
  t.match(await secret('undefined'), /is not the secret of client .*; it is the text "undefined", which a program/);
  t.match(await secret(accessToken), /; it is an access token$/);
  t.match(await secret(demo.id), /; it is a client id$/);
  t.notMatch(await secret('wrong'), /; it is/);
  const basic = `Basic ${Buffer.from(`${demo.id}:null`).toString('base64')}`;
  const url = urlsOf(findProvider('dottedsign')!, server.url, place.id).tokenUrl;
  await fetch(url, { method: 'POST', headers: { authorization: basic }, body: new URLSearchParams(form) });
  const { explanation } = server.world(place.id).journal.entries().at(-1)!;
  t.match(explanation, /; it is the text "null"/);
});

t.test('a redirect_uri that is encoded twice is named', async (t) => {
  const place = new Place('twice');
  const uri = encodeURIComponent(encodeURIComponent(demo.redirectUri));
  for (const provider of ['mailup', 'tinyemail', 'dottedsign']) {
    server.policy(provider, { interaction: { mode: 'auto', user: demo.username, decision: 'allow' } }, place.id);
    const { authorizeUrl } = urlsOf(findProvider(provider)!, server.url, place.id);
    await fetch(`${authorizeUrl}?response_type=code&client_id=${demo.id}&redirect_uri=${uri}`, { redirect: 'manual' });
    const { explanation } = server.world(place.id).journal.entries().at(-1)!;
    t.match(explanation, /; it is percent-encoded twice: encode it once/, provider);
  }
});

t.test('a token of another provider or world is named', async (t) => {
  const [here, there] = [new Place('here'), new Place('there')];
  const foreign = await here.mint('tinyemail');
  const far = await there.mint();
  t.equal(
    await here.api(`Bearer ${foreign.accessToken}`),
    'the access token is unknown: it is an access token of tinyEmail',
  );
  t.equal(
    await here.refresh(far.accessToken),
    'the refresh token is unknown: it is an access token of DottedSign in the world "there"',
  );
  t.equal(
    await here.api(`Bearer ${far.accessToken}`),
    'the access token is unknown: it is an access token of DottedSign in the world "there"',
  );
});

t.test('an altered token is named with the alteration', async (t) => {
  const place = new Place('altered');
  const { accessToken: token, refreshToken } = await place.mint();
  const other = (character: string): string => (character === 'x' ? 'y' : 'x');
  const named = (words: string): string => `the access token is unknown: it is ${words}`;
  t.equal(await place.api(`Bearer ${token.slice(0, 20)}`), named('the first 20 of 43 characters of an access token'));
  t.equal(await place.api(`Bearer ${token.slice(-20)}`), named('the last 20 of 43 characters of an access token'));
  t.equal(await place.api(`Bearer ${token.slice(5, 30)}`), named('25 of 43 characters of an access token'));
  t.equal(await place.api(`Bearer ${token}abc`), named('an access token with additional characters: 3 after it'));
  t.equal(await place.api(`Bearer ab${token}`), named('an access token with additional characters: 2 before it'));
  t.equal(
    await place.api(`Bearer ab${token}c`),
    named('an access token with additional characters: 2 before it and 1 after it'),
  );
  t.equal(await place.api(`Bearer ${token.toUpperCase()}`), named('an access token in other letter case'));
  t.equal(
    await place.api(`Bearer ${token.slice(0, -1)}${other(token.slice(-1))}`),
    named('an access token with 1 of its 43 characters changed'),
  );
  t.equal(
    await place.refresh(` ${refreshToken}\n`),
    'the refresh token is unknown: it is a refresh token with white space around it',
  );
  t.equal(
    await place.refresh(`"${refreshToken}"`),
    'the refresh token is unknown: it is a refresh token in quotation marks',
  );
  t.equal(await place.refresh(`<${refreshToken}>`), 'the refresh token is unknown: it is a refresh token in brackets');
  t.equal(
    await place.refresh(`Bearer ${refreshToken}`),
    'the refresh token is unknown: it is a refresh token with the name of a scheme before it',
  );
  t.equal(
    await place.refresh(`refresh_token=${refreshToken}`),
    'the refresh token is unknown: it is a refresh token with a name before it',
  );
  t.equal(
    await place.refresh(`%${refreshToken.charCodeAt(0).toString(16)}${refreshToken.slice(1)}`),
    'the refresh token is unknown: it is a refresh token in percent-encoding',
  );
  t.equal(
    await place.refresh(Buffer.from(refreshToken).toString('base64')),
    'the refresh token is unknown: it is a refresh token in base64',
  );
  t.equal(
    await place.refresh(Buffer.from(`${demo.id}:${demo.secret}`).toString('base64')),
    'the refresh token is unknown: it is a client id with the secret, as for Basic, in base64',
  );
  t.equal(
    await place.refresh(`${refreshToken}%`),
    'the refresh token is unknown: it is a refresh token with additional characters: 1 after it',
  );
  const foreign = await place.mint('tinyemail');
  t.equal(
    await place.refresh(foreign.accessToken.slice(0, 12)),
    'the refresh token is unknown: it is the first 12 of 32 characters of an access token of tinyEmail',
  );
});

t.test('words instead of a token are named and shown', async (t) => {
  const place = new Place('words');
  const { accessToken } = await place.mint();
  for (const word of ['null', 'undefined', 'NaN', 'None', '[object Object]']) {
    const explanation = await place.refresh(word);
    t.ok(explanation.includes(`"${word}"`), explanation);
    t.match(explanation, /^the refresh token is unknown: it is the text "[^"]+", which a program writes for a value/);
  }
  t.match(await place.api('Bearer undefined'), /it is the text "undefined"/);
  t.match(await place.api('Bearer [object Object]'), /it is the text "\[object Object\]"/);
  t.match(await place.api('Bearer Bearer'), /it is the word "Bearer" instead of a value/);
  t.match(await place.refresh('{{refresh_token}}'), /it is a placeholder of a template that was not replaced/);
  t.match(await place.refresh('  '), /it is white space only|sent without a value/);
  t.match(await place.refresh('fp:0123456789ab'), /it is a fingerprint, which the journal shows in place of a secret/);
  t.match(await place.refresh('eyJhbGciOiJub25lIn0.eyJzdWIiOiIxIn0.'), /it is a JSON Web Token/);
  t.match(await place.refresh(' \t', 'tinyemail'), /it is white space only/);
  t.equal(await place.refresh(''), 'refresh_token was sent without a value');
  t.equal(await place.exchange(''), 'code was sent without a value');
  t.match(
    await place.api(accessToken),
    /(?:; it is|without a scheme is) an access token$/,
    'a header without a scheme',
  );
  t.notMatch(await place.api('Basic dTpw'), /it is/, 'a Basic header is another mistake');
});

t.test('ids of the pages are named', async (t) => {
  const place = new Place('pages');
  const { authorizeUrl } = urlsOf(findProvider('dottedsign')!, server.url, place.id);
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: demo.id,
    redirect_uri: demo.redirectUri,
  }).toString();
  const { headers } = await fetch(`${authorizeUrl}?${query}`, { redirect: 'manual' });
  const cookie = /=([^;]+)/.exec(headers.get('set-cookie')!)![1]!;
  const pending = new URL(headers.get('location')!, authorizeUrl).searchParams.get('authorization')!;
  t.match(await place.refresh(cookie), /it is the session cookie of a browser/);
  t.match(await place.refresh(pending), /it is the id of an authorization that a page waits for/);
});

t.test('a value that resembles nothing is not named', async (t) => {
  const place = new Place('nothing');
  const { accessToken } = await place.mint();
  const unnamed = /^the refresh token was not issued by this realm, was altered, or is no longer stored$/;
  t.match(await place.refresh('made-up'), unnamed);
  t.match(await place.refresh(accessToken.slice(0, 4)), unnamed, 'too short a part');
  t.match(await place.refresh('x'.repeat(43)), unnamed);
  t.match(await place.refresh(accessToken + 'x'.repeat(1000)), unnamed, 'longer than any token');
});

t.test('the endpoints that accept an unknown token note what it is', async (t) => {
  const place = new Place('endpoints');
  const { accessToken } = await place.mint();
  const code = await place.code();
  for (const endpoint of ['revoke', 'introspect'] as const) {
    const named = await place.post(endpoint, { token: code });
    t.equal(named.status, 200);
    t.ok(named.notes.includes('unknown token: it is an authorization code'), named.notes.join());
    t.ok((await place.post(endpoint, { token: 'made-up' })).notes.includes('unknown token'));
    t.notOk((await place.post(endpoint, { token: accessToken })).notes.some((note) => note.startsWith('unknown')));
  }
});

t.test('the journal shows no value, and the words that are none', async (t) => {
  const place = new Place('shown');
  const { accessToken } = await place.mint();
  await place.refresh(accessToken);
  await place.refresh(`${accessToken}abc`);
  await place.api('Bearer undefined');
  const { entries } = (await place.call<{ entries: EntryView[] }>('GET /journal')).body;
  t.notMatch(JSON.stringify(entries), accessToken);
  t.match(entries[0], { facts: { recognizedAs: 'an access token', refreshToken: /^fp:/ } });
  t.equal(entries[2]?.request.headers.authorization, 'Bearer undefined');
  const { body } = await place.call<object>(`PUT /providers/dottedsign/clients/odd`, { secret: 'undefined' });
  t.ok(body);
  await place.api('Bearer undefined');
  const again = (await place.call<{ entries: EntryView[] }>('GET /journal')).body.entries.at(-1)!;
  t.match(again.request.headers.authorization, /^Bearer fp:/, 'unless a client has it as its secret');
});

t.test('many worlds and tokens do not make a refusal slow', async (t) => {
  const place = new Place('crowded');
  for (let i = 0; i < 2000; i += 1) server.realm('dottedsign', server.worlds.open({ id: `crowd-${i}` }).id);
  const old = new Place('old');
  const { accessToken } = await old.mint();
  for (let i = 0; i < 600; i += 1) server.realm('dottedsign', server.worlds.open({ id: `later-${i}` }).id);
  t.match(await place.refresh(accessToken), /^the refresh token was not issued/, 'more than 200 worlds back');
});
