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

t.test('an answer is written once for a user whom realms share, and again where the number differs', async (t) => {
  const realmOf = (id: string): Realm => {
    server.worlds.open({ id });
    return server.realm('dottedsign', id);
  };
  const [first, second] = [realmOf('first'), realmOf('second')];
  const user = first.user(demo.username)!;
  t.equal(second.user(demo.username), user, 'worlds of one scenario share their users');
  let writings = 0;
  const answer = answerAbout(
    (request) => request.user,
    (_user, number) => ({ number, writing: (writings += 1) }),
  );
  const about = (realm: Realm): unknown => answer({ realm, user } as ResourceRequest);
  t.same(about(first), { body: '{"number":1,"writing":1}' });
  t.equal(about(first), about(second), 'written once');
  second.deleteUser(user.id);
  second.users.set(user.id, user);
  t.same(about(second), { body: '{"number":3,"writing":2}' });
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
