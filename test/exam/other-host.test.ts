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
