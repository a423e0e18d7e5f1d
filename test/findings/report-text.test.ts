import t from 'tap';
import { adminOf } from '../admin/calls.js';
import { demo, startServer } from '../support.js';

t.test('a report cuts long texts of a client, after their secrets are redacted', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const secret = 'S3cr3t-of-the-Client-which-is-long';
  await adminOf(server.url)('PUT /providers/tinyemail/clients/long', { secret });
  const body = new URLSearchParams({
    grant_type: 'refresh_token',
    refresh_token: 'x',
    client_id: demo.id,
    client_secret: demo.secret,
    [`${'n'.repeat(480)} ${secret}`]: '1',
  });
  await fetch(`${server.url}/tinyemail/api/authorization-server/oauth/token`, { method: 'POST', body });
  const { findings } = (
    await adminOf(server.url)<{ findings: { rule: string; cases: { says: string }[] }[] }>('GET /findings')
  ).body;
  const [finding] = findings.filter(({ rule }) => rule === 'unknown-parameter');
  const says = finding!.cases[0]!.says;
  t.equal(says.length, 501);
  t.match(says, /…$/);
  t.notMatch(says, /S3cr3t/);
});
