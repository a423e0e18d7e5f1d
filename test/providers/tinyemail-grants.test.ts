// Grant types and methods at tinyEmail's token endpoint, as legacy Spring Security OAuth treats them.
import t from 'tap';
import { demo, startServer } from '../support.js';
import { Visit, basic, credentials } from './visit.js';

const server = await startServer();
t.teardown(() => server.close());

/** Status, error and description of an answer. */
async function outcome(answer: Promise<Response>): Promise<unknown[]> {
  const response = await answer;
  const { error, error_description } = (await response.json()) as Record<string, string>;
  return error === undefined ? [response.status] : [response.status, error, error_description];
}

const unsupported = [400, 'unsupported_grant_type', 'Unsupported grant type'];
const badCredentials = [401, 'invalid_client', 'Bad client credentials'];

t.test('the implicit grant is an invalid grant, after client and scope [tinyemail.error.grant-implicit]', async (t) => {
  const client = new Visit(server, 'tinyemail');
  const ask = (more: Record<string, string> = {}): Promise<unknown[]> =>
    outcome(client.token({ ...credentials, grant_type: 'implicit', ...more }));
  t.same(await ask(), [400, 'invalid_grant', 'Implicit grant type not supported from token endpoint']);
  t.equal(client.entry().reason, 'grant.implicit');
  t.same(await ask({ client_secret: 'x' }), badCredentials);
  t.same(await ask({ scope: 'x' }), [400, 'invalid_scope', 'Invalid scope: x']);
  client.policy({ implicitAtToken: 'unsupported-grant-type' });
  t.same(await ask(), unsupported);
});

t.test(
  'client_credentials is known, but open only to a client that names it [tinyemail.error.client-credentials]',
  async (t) => {
    const client = new Visit(server, 'tinyemail', {
      clients: [{ id: 'machine', secret: 's', grants: ['client_credentials'] }],
    });
    const ask = (more: Record<string, string> = {}): Promise<Response> =>
      client.token({ ...credentials, grant_type: 'client_credentials', ...more });
    const refusal = await ask();
    t.equal(
      refusal.headers.get('www-authenticate'),
      'Bearer error="invalid_client", error_description="Unauthorized grant type: client_credentials"',
    );
    t.same(await outcome(Promise.resolve(refusal)), [
      401,
      'invalid_client',
      'Unauthorized grant type: client_credentials',
    ]);
    t.match(client.entry(), {
      reason: 'grant.unauthorized',
      explanation:
        'client "understudy-client" may not use "client_credentials"; allowed: "authorization_code", "refresh_token"',
    });
    t.same(await outcome(ask({ client_id: 'machine', client_secret: 's' })), [200]);
    t.same(await outcome(ask({ grant_type: 'password' })), unsupported);
    client.policy({ grantsPerClient: [] });
    t.same(await outcome(ask()), unsupported);
    client.policy({
      grantsPerClient: ['refresh_token'],
      grants: ['authorization_code'],
      clientAtCodeExchange: 'optional',
    });
    t.equal(
      (await client.exchange(await client.code(), { client_id: undefined, client_secret: undefined })).status,
      200,
    );
  },
);

t.test(
  'a method is refused after the client, a GET without Allow [tinyemail.error.method-after-client] [tinyemail.error.method-allow]',
  async (t) => {
    const client = new Visit(server, 'tinyemail');
    const ask = (method: string, secret: string = demo.secret): Promise<Response> =>
      client.token({}, { place: 'query', method, headers: { authorization: basic(demo.id, secret) } });
    const noClient = [401, 'unauthorized', 'Full authentication is required to access this resource'];
    t.same(await outcome(client.token({}, { place: 'query', method: 'GET' })), noClient);
    t.same(await outcome(client.token({}, { place: 'query', method: 'PUT' })), noClient);
    t.same(await outcome(ask('GET', 'x')), badCredentials);
    const allow = async (method: string): Promise<unknown[]> => {
      const { status, headers } = await ask(method);
      return [status, headers.get('allow')];
    };
    t.same(await allow('GET'), [405, null]);
    t.equal(client.entry().reason, 'request.method-not-allowed');
    t.same(await allow('HEAD'), [405, null]);
    for (const method of ['PUT', 'DELETE', 'PATCH']) t.same(await allow(method), [405, 'GET, POST'], method);
    client.policy({ tokenMethodChecked: 'first', allowAtToken: 'the-methods' });
    for (const method of ['GET', 'PUT']) {
      const { status, headers } = await client.token({}, { place: 'query', method });
      t.same([status, headers.get('allow')], [405, 'POST'], method);
    }
  },
);
