import t from 'tap';
import { start } from '../../src/client/index.js';
import { adminOf } from '../admin/calls.js';
import { demo } from '../support.js';

const members = {
  title: 'Acme',
  policy: { accessToken: '5m', pkce: 'optional' },
  answers: {
    token: {
      status: 200,
      headers: { 'x-a': '1', 'x-b': '2' },
      body: { access_token: '{{ access_token }}', scope: '{{ scope }}' },
      cases: [{ when: 'is_second', status: 201 }],
    },
    callback: { code: '{{ code }}', state: '{{ state }}' },
  },
  errors: { reasons: { 'code.unknown': { status: 400, error: 'unknown' } } },
  scopes: { read: { words: 'Read', onlyIfNamed: true }, write: 'Write' },
};

const reversed = (value: object): object => Object.fromEntries(Object.entries(value).reverse());

t.test('a document with its members in another order, or with $schema, is the same document', async (t) => {
  const server = await start();
  t.teardown(() => server.close());
  const world = await server.newWorld();
  const call = adminOf(world.baseUrl);
  const put = async (document: object): Promise<void> => {
    t.equal((await call('PUT /providers/acme', document)).status, 200);
  };
  const isKept = async (document: object): Promise<boolean> => {
    await put(members);
    const mint = { provider: 'acme', clientId: demo.id, userId: demo.username };
    const { accessToken: token } = await world.tokens.mint(mint);
    await put(document);
    return (await world.tokens.list({ provider: 'acme' })).some((each) => each.token === token);
  };
  const { answers, errors, scopes } = members;
  const token = answers.token;
  for (const [name, document] of Object.entries({
    'the same': members,
    'members of the whole': reversed(members),
    $schema: { $schema: 'https://example.test/provider.json', ...members },
    'members of the policy': { ...members, policy: reversed(members.policy) },
    'members of an answer': { ...members, answers: { ...reversed(answers), token: reversed(token) } },
    'members of a case': { ...members, answers: { ...answers, token: { ...token, cases: token.cases.map(reversed) } } },
    'members of a reason': {
      ...members,
      errors: { reasons: { 'code.unknown': reversed(errors.reasons['code.unknown']) } },
    },
    'members of a scope': { ...members, scopes: { ...scopes, read: reversed(scopes.read) } },
  })) {
    t.ok(await isKept(document), name);
  }
  for (const [name, document] of Object.entries({
    'members of a body': { ...members, answers: { ...answers, token: { ...token, body: reversed(token.body) } } },
    headers: { ...members, answers: { ...answers, token: { ...token, headers: reversed(token.headers) } } },
    'parameters of a redirect': { ...members, answers: { ...answers, callback: reversed(answers.callback) } },
    scopes: { ...members, scopes: reversed(scopes) },
    'another text': { ...members, title: 'Another' },
  })) {
    t.notOk(await isKept(document), name);
  }
});
