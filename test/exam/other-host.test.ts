import { once } from 'node:events';
import { connect } from 'node:net';
import t from 'tap';
import { start } from '../../src/client/index.js';
import { OtherHost } from '../../src/exam/other-host.js';
import { runExam } from '../../src/exam/run-exam.js';
import { selectChecks } from '../../src/exam/select-checks.js';
import { ClientWithHabits } from './client-with-habits.js';
import type { ProviderAnswer } from '../../src/admin/schemas/providers.js';

for (const [provider, other] of [
  ['127.0.0.1', 'localhost'],
  ['localhost', '127.0.0.1'],
] as const) {
  t.test(`the other host of a provider at ${provider} has another name, not only another port`, async (t) => {
    const host = new OtherHost(provider);
    await host.open();
    t.teardown(() => {
      host.close();
    });
    t.equal(new URL(host.url).hostname, other);
    const answer = await fetch(`${host.url}/path?token=a%20secret`, { method: 'POST', body: 'body' });
    t.equal(answer.status, 200);
    t.ok(host.received('a secret'));
    t.notOk(host.received('another secret'));
  });
}

t.test('a secret is found in a form, where a space is a plus and every other sign is encoded', async (t) => {
  const host = new OtherHost('127.0.0.1');
  await host.open();
  t.teardown(() => {
    host.close();
  });
  const secret = 'a secret! (long)';
  await fetch(host.url, { method: 'POST', body: new URLSearchParams({ client_secret: secret }) });
  t.ok(host.received(secret));
});

t.test('a request that ends in its body is not kept, and the host goes on', async (t) => {
  const host = new OtherHost('127.0.0.1');
  await host.open();
  t.teardown(() => {
    host.close();
  });
  const socket = connect(Number(new URL(host.url).port), 'localhost');
  await once(socket, 'connect');
  socket.write('POST / HTTP/1.1\r\nHost: other\r\nContent-Length: 100\r\n\r\nhalf');
  await new Promise((resolve) => setTimeout(resolve, 50));
  socket.resetAndDestroy();
  t.equal((await fetch(host.url)).status, 200);
  t.equal(host.requests.length, 1);
});

t.test('a client that may be unable to reach the other host is not praised for that', async (t) => {
  const only = ['token-redirect-not-followed', 'token-not-to-other-host'];
  for (const [baseUrl, verdict] of [
    [undefined, 'passed'],
    ['http://understudy.example:8080', 'not-seen'],
  ] as const) {
    await using server = await start({ baseUrl });
    const world = server.world();
    const told = JSON.stringify(await world.providers.describe('mailup'));
    // it follows no redirect, and reaches the server by an address of its own
    const info = JSON.parse(told.replaceAll(String(baseUrl), server.url)) as ProviderAnswer;
    const client = new ClientWithHabits(info, {});
    const { checks } = await runExam({ world, provider: 'mailup', client, checks: selectChecks({ only }) });
    t.match(
      checks,
      only.map((id) => ({ id, verdict })),
    );
  }
});
