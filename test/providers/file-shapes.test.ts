import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { start } from '../../src/client/index.js';
import { mistakesOf } from './files/shop.js';

/** The shape of an access token, and what a token of it looks like. */
const shapes: readonly (readonly [string, RegExp])[] = [
  ['{ shape: alphanumeric, length: 20 }', /^[0-9A-Za-z]{20}$/],
  ['{ shape: digits, length: 13, suffix: "#" }', /^[0-9]{13}#$/],
  ['{ shape: hex, length: 11 }', /^[0-9a-f]{11}$/],
  ['{ shape: base64url }', /^[\w-]{43}$/],
  ['{ shape: base62-pairs, length: 11 }', /^[0-9A-Za-z]{11}$/],
  ['{ shape: uuid }', /^[0-9a-f]{8}-[0-9a-f]{4}-4/],
  ['{ shape: uuid-hex }', /^[0-9a-f]{32}$/],
  ['{ shape: jwt, length: 100 }', /^eyJ[\w-]+\.[\w-]{100}\.[\w-]{86}$/],
  ['{ shape: characters, alphabet: xyz, length: 30, prefix: "at-" }', /^at-[xyz]{30}$/],
  ['{ shape: characters }', /^[0-9]{43}$/],
];

t.test('a token has the shape of its file, and the consent page has its fields', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-shapes-'));
  t.teardown(() => {
    rmSync(folder, { recursive: true });
  });
  for (const [i, [shape]] of shapes.entries()) {
    const pages =
      '{ allow: { name: yes, value: "1" }, deny: { name: no, value: "1" }, hidden: [{ name: h, value: v }], scopeField: "s.{scope}" }';
    writeFileSync(
      join(folder, `p${i}.yaml`),
      `tokens: { accessToken: ${shape} }\npages: ${pages}\nscopes: { read: Read, write: { words: Write, grants: [authorization_code], onlyIfNamed: true } }\nresources: [{ from: tinyemail }, { path: /me, authentication: client, body: { a: [1, "{{ method }}"], __proto__: "{{ now }}" } }]`,
    );
  }
  const server = await start({ providers: folder });
  t.teardown(() => server.close());
  const world = server.world();
  const { providers } = await world.info();
  for (const [i, [shape, pattern]] of shapes.entries()) {
    const minted = await world.tokens.mint({
      provider: `p${i}`,
      clientId: 'understudy-client',
      userId: 'ada@example.test',
    });
    t.match(minted.accessToken, pattern, shape);
  }

  const { authorizeUrl, apiUrl } = providers.p0!;
  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'understudy-client',
    redirect_uri: 'http://localhost:3000/callback',
    state: 's',
    scope: 'read write',
  });
  t.ok((await world.authorize(`${authorizeUrl}?${query.toString()}`)).code, 'the button Allow of the file');
  const { error } = await world.authorize(`${authorizeUrl}?${query.toString()}`, { decision: 'deny' });
  t.equal(error, 'access_denied', 'the button Deny of the file');
  const me = await fetch(`${apiUrl}/me`, {
    headers: { authorization: `Basic ${btoa('understudy-client:understudy-secret')}` },
  });
  t.match(await me.json(), { a: [1, 'GET'] });
});

/** A shape with too few values, and what it needs. */
const tooFew: readonly (readonly [string, RegExp])[] = [
  [
    'accessToken: { shape: characters, alphabet: ab, length: 4 }',
    /accessToken\.length: .*tokens.* a length of 40 or more/,
  ],
  ['accessToken: { shape: characters, alphabet: aaaa }', /accessToken\.alphabet: .*two characters or more that differ/],
  ['accessToken: { shape: characters, length: 12 }', /accessToken\.length: .* a length of 13 or more/],
  ['refreshToken: { shape: digits, length: 12 }', /refreshToken\.length: .* a length of 13 or more/],
  ['refreshToken: { shape: hex, length: 9 }', /refreshToken\.length: .* a length of 10 or more/],
  [
    'accessToken: { shape: base64url, length: 6, prefix: long-prefix- }',
    /accessToken\.length: .* a length of 7 or more/,
  ],
  ['accessToken: { shape: alphanumeric, length: 6 }', /accessToken\.length: .* a length of 7 or more/],
  ['accessToken: { shape: base62-pairs, length: 9 }', /accessToken\.length: .* a length of 10 or more/],
  ['code: { shape: digits, length: 5 }', /code\.length: .*codes.* a length of 6 or more/],
];

t.test('a shape with too few values for tokens or codes is a mistake', (t) => {
  for (const [shape, message] of tooFew) t.match(mistakesOf(t, { 'a.yaml': `tokens: { ${shape} }` }), [message], shape);
  t.match(mistakesOf(t, { 'a.yaml': 'like: slack\nanswers: { secondToken: { shape: { shape: hex, length: 4 } } }' }), [
    /answers\.secondToken\.shape\.length: .* a length of 10 or more/,
  ]);
  for (const shape of [
    'code: { shape: digits, length: 6 }',
    'accessToken: { shape: characters, alphabet: ab, length: 40 }',
  ]) {
    t.same(mistakesOf(t, { 'a.yaml': `tokens: { ${shape} }` }), [], shape);
  }
  t.end();
});
