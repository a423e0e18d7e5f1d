import t from 'tap';
import { Shop, mistakesOf } from './files/shop.js';

t.test('a call of the API ends its access token, with the refresh token or with the whole grant', async (t) => {
  const shop = await Shop.open(t, {
    policy: { refreshRotation: 'keep' },
    resources: [
      { path: '/me', body: { id: '{{ user.id }}' } },
      { method: 'POST', path: '/end', revokes: 'token', body: { ended: '{{ user.id }}' } },
      { method: 'POST', path: '/end-all', revokes: 'grant', scopes: ['write'], status: 204 },
    ],
    scopes: { read: 'Read', write: 'Write' },
  });
  const post = (path: string, token = ''): ReturnType<Shop['send']> =>
    shop.send(`/api${path}`, { method: 'POST', headers: { authorization: `Bearer ${token}` } });
  const works = async (token: string | undefined): Promise<boolean> =>
    (await shop.get('/api/me', token)).status === 200;
  const refresh = (token: string | undefined): ReturnType<Shop['post']> =>
    shop.post('/token', { grant_type: 'refresh_token', refresh_token: token });

  const first = await shop.tokens({ scope: 'read' });
  const { json: second } = await refresh(first.refresh_token);
  t.equal((await post('/end-all', first.access_token)).status, 403);
  t.same([await works(first.access_token), await works(second.access_token)], [true, true], 'a refused call ends none');
  t.match((await post('/end', first.access_token)).text, /"ended":"\w+/, 'its answer knows the user');
  t.same([await works(first.access_token), await works(second.access_token)], [false, true]);
  t.equal((await refresh(first.refresh_token)).status, 400, 'its refresh token ended');
  t.match((await shop.newest()).reason, 'refresh.revoked');
  t.equal((await post('/end', first.access_token)).status, 401, 'once');

  const third = await shop.tokens({ scope: 'write' });
  const { json: fourth } = await refresh(third.refresh_token);
  t.equal((await post('/end-all', third.access_token)).status, 204);
  t.same([await works(third.access_token), await works(fourth.access_token)], [false, false]);
  t.equal((await refresh(third.refresh_token)).status, 400);
});

t.test('a call that its case refuses ends no token', async (t) => {
  const refusal = { when: 'body.sure != "yes"', status: 400, body: { error: 'not_sure' } };
  const redirect = { when: 'query.then', status: 303, headers: { location: '/' }, body: '' };
  const shop = await Shop.open(t, {
    resources: [
      { path: '/me', body: { id: '{{ user.id }}' } },
      { method: 'POST', path: '/end', revokes: 'token', cases: [refusal], body: {} },
      { method: 'POST', path: '/end-all', revokes: 'grant', cases: [refusal], body: {} },
      { method: 'POST', path: '/leave', revokes: 'grant', cases: [redirect], body: {} },
    ],
  });
  const post = async (path: string, token: string | undefined, sure = 'no'): Promise<number> => {
    const headers = { authorization: `Bearer ${String(token)}`, 'content-type': 'application/x-www-form-urlencoded' };
    return (await shop.send(`/api${path}`, { method: 'POST', headers, body: `sure=${sure}`, redirect: 'manual' }))
      .status;
  };
  const works = async (token: string | undefined): Promise<boolean> =>
    (await shop.get('/api/me', token)).status === 200;
  for (const path of ['/end', '/end-all']) {
    const { access_token: token } = await shop.tokens({});
    t.equal(await post(path, token), 400);
    t.equal(await works(token), true, `${path} was refused`);
    t.equal(await post(path, token, 'yes'), 200);
    t.equal(await works(token), false, path);
  }
  const { access_token: token } = await shop.tokens({});
  t.equal(await post('/leave?then=x', token), 303);
  t.equal(await works(token), false, 'a redirect is no refusal');
});

t.test('mistakes in calls that end tokens', (t) => {
  const mistakes = (...resources: object[]): string[] =>
    mistakesOf(t, { 'shop.json': JSON.stringify({ resources }) }).map((text) => text.replace(/^\S+ /, ''));
  const end = { path: '/end', revokes: 'token' };
  const none = 'resources.0.revokes: a call that needs no access token ends none';
  t.same(mistakes({ ...end, authentication: 'none' }), [none]);
  t.same(mistakes({ ...end, authentication: 'client' }), [none]);
  t.same(mistakes({ ...end, list: {} }), ['resources.0.revokes: cannot be beside list']);
  t.same(mistakes({ ...end, authentication: 'bearer' }), []);
  t.end();
});
