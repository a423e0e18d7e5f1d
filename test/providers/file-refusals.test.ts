// Refusals that a provider file has for one endpoint alone.
import t from 'tap';
import { Shop, mistakesOf } from './files/shop.js';

const bad = { authorization: `Basic ${btoa('understudy-client:wrong')}` };

t.test('revocation and introspection refuse in a form of their own', async (t) => {
  const shop = await Shop.open(t, {
    errors: {
      token: { body: { at: 'token', error: '{{ error }}' } },
      revoke: { status: 200, body: { at: 'revoke', reason: '{{ reason }}', url: '{{ base_url }}' } },
      introspect: { as: 'form', body: { at: 'introspect', error: '{{ error }}' } },
    },
  });
  t.same((await shop.post('/token', { grant_type: 'x' }, bad)).json, { at: 'token', error: 'invalid_client' });
  const revoked = await shop.post('/revoke', { token: 'x' }, bad);
  t.equal(revoked.status, 200);
  t.same(revoked.json, { at: 'revoke', reason: 'client.secret-wrong', url: shop.url });
  t.equal((await shop.newest()).reason, 'client.secret-wrong');
  t.equal((await shop.post('/introspect', { token: 'x' }, bad)).text, 'at=introspect&error=invalid_client');

  await shop.world.providers.policy({ provider: 'shop', answerFormat: 'rfc' });
  t.match((await shop.post('/revoke', { token: 'x' }, bad)).json, { error: 'invalid_client' }, 'the form of the RFCs');
});

t.test('without them they refuse as the token endpoint does, and a provider that is like it has them', async (t) => {
  const shop = await Shop.open(t, { errors: { token: { body: { at: 'token' } } } });
  t.same((await shop.post('/revoke', { token: 'x' }, bad)).json, { at: 'token' });
  t.same((await shop.post('/introspect', { token: 'x' }, bad)).json, { at: 'token' });
  await shop.world.defineProvider('one', { errors: { revoke: { body: { at: 'revoke' } } } });
  const { baseUrl } = await shop.world.defineProvider('two', { like: 'shop' });
  const sent = await fetch(`${baseUrl}/revoke`, {
    method: 'POST',
    headers: bad,
    body: new URLSearchParams({ token: 'x' }),
  });
  t.same(await sent.json(), { at: 'token' });
});

t.test('a refusal at the authorization endpoint that is no redirect is an answer of the file', async (t) => {
  const shop = await Shop.open(t, {
    errors: {
      authorize: {
        body: { error: '{{ error }}', client: '{{ parameters.client_id }}', version: "{{ headers['x-version'] }}" },
        cases: [{ when: "headers.accept contains 'text/html'", as: 'text', body: 'Refused: {{ description }}' }],
      },
    },
  });
  const url = `${shop.authorizePath}?client_id=none&response_type=code`;
  const { status, json } = await shop.send(url, { headers: { 'x-version': '2' } });
  t.equal(status, 400);
  t.match(json, { client: 'none', version: '2', error: String });
  t.match((await shop.send(url, { headers: { accept: 'text/html' } })).text, /^Refused: /);
  t.equal((await shop.newest()).reason, 'authorize.client-unknown');
  t.equal(
    (await shop.callback({ response_type: 'x' })).get('error'),
    'unsupported_response_type',
    'a redirect stays one',
  );
});

t.test('a mistake in such a template is told where it stands', (t) => {
  for (const member of ['revoke', 'introspect', 'authorize']) {
    t.match(mistakesOf(t, { 'a.yaml': `errors: { ${member}: { body: { a: '{{ tokn }}' } } }` }), [
      new RegExp(`errors\\.${member}\\.body\\.a: there is no variable "tokn"`),
    ]);
  }
  t.end();
});
