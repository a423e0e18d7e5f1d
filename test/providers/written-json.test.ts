import t from 'tap';
import { answerAbout, constantAnswer } from '../../src/providers/written-json.js';
import { demo, startServer } from '../support.js';
import { Visit } from './visit.js';
import type { Realm } from '../../src/core/realm.js';
import type { ResourceRequest } from '../../src/providers/provider.js';

const server = await startServer();
t.teardown(() => server.close());

const calls = {
  mailup: '/API/v1.1/Rest/ConsoleService.svc/Console/Authentication/Info',
  dottedsign: '/v1/members/me',
} as const;

for (const [name, path] of Object.entries(calls)) {
  t.test(`${name} tells a changed user from the first answer on`, async (t) => {
    const visit = new Visit(server, name);
    const { access } = await visit.pair();
    const headers = { authorization: `Bearer ${access}` };
    const before = await (await visit.fetch(path, { headers })).text();
    t.equal(await (await visit.fetch(path, { headers })).text(), before, 'the same for the same user');
    const user = visit.realm.user(demo.username)!;
    visit.realm.users.set(user.id, { ...user, profile: { ...user.profile, Version: 'changed', language: 'changed' } });
    const after = await (await visit.fetch(path, { headers })).text();
    t.match(after, 'changed');
    t.not(after, before);
  });
}

t.test('two realms write their own answer about one user', async (t) => {
  const [first, second] = [new Visit(server, 'dottedsign').realm, new Visit(server, 'dottedsign').realm];
  const user = first.user(demo.username)!;
  let writings = 0;
  const answer = answerAbout(
    (request) => request.user,
    (_user, realm) => ({ isFirst: realm === first, writing: (writings += 1) }),
  );
  const about = (realm: Realm): unknown => answer({ realm, user } as ResourceRequest);
  t.same(about(first), { body: '{"isFirst":true,"writing":1}' });
  t.same(about(second), { body: '{"isFirst":false,"writing":2}' });
  t.equal(about(first), about(first), 'written once');
});

t.test('an answer about nobody is made each time, a constant one once', (t) => {
  const answer = answerAbout(
    () => undefined,
    (user) => ({ user: user ?? null }),
  );
  t.same(answer({ realm: {} } as ResourceRequest), { body: { user: null } });
  const constant = constantAnswer({ a: 1 });
  t.same(constant({} as ResourceRequest), { body: '{"a":1}' });
  t.end();
});
