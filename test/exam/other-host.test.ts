import { once } from 'node:events';
import { connect } from 'node:net';
import t from 'tap';
import { OtherHost } from '../../src/exam/other-host.js';

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
