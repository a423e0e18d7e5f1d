import t from 'tap';
import { run } from '../../src/commands/index.js';
import { adminOf } from '../admin/calls.js';
import { demo, startServer } from '../support.js';

/*
 * Names of Object.prototype are words like any other: no table answers with a member that every object has.
 */
const names = Object.getOwnPropertyNames(Object.prototype);

t.test('an error of a fault may have such a name, at every endpoint', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const call = adminOf(server.url);
  for (const error of names) {
    await call('DELETE /faults');
    t.equal((await call('POST /faults', { match: {}, fault: { kind: 'oauth-error', error } })).status, 201, error);
    for (const [path, init] of [
      ['/dottedsign/v1/oauth/token', { method: 'POST' }],
      ['/mailup/Authorization/OAuth/Token', { method: 'POST' }],
      ['/tinyemail/api/authorization-server/oauth/token', { method: 'POST' }],
      [`/dottedsign/v1/oauth/authorize?response_type=code&client_id=${demo.id}&redirect_uri=${demo.redirectUri}`, {}],
      ['/dottedsign/v1/members/me', {}],
      ['/mailup/API/v1.1/Rest/ConsoleService.svc/Console/Authentication/Info', {}],
    ] as const) {
      const answer = await fetch(server.url + path, { redirect: 'manual', ...init });
      t.ok(answer.status < 500, `${error}: ${path} ${answer.status}`);
    }
  }
});

t.test('such a name as an id, a provider, a parameter or a filter is never an internal error', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const call = adminOf(server.url);
  for (const name of names) {
    for (const [line, body] of [
      [`PUT /worlds/${name}`, {}],
      [`DELETE /worlds/${name}`, undefined],
      [`GET /providers/${name}`, undefined],
      [`PUT /providers/mailup/clients/${name}`, { secret: 's' }],
      [`GET /providers/mailup/clients/${name}`, undefined],
      [`PUT /providers/mailup/users/${name}`, {}],
      [`GET /providers/mailup/tokens/${name}`, undefined],
      [`GET /scenarios/${name}`, undefined],
      [`POST /scenarios/${name}/play`, {}],
      [`GET /journal?reason=${name}`, undefined],
      [`GET /journal?fault=${name}`, undefined],
      [`GET /findings?format=${name}`, undefined],
      [`GET /findings?suppress=${name}:x`, undefined],
      ['POST /faults', { match: { provider: name }, fault: { kind: name } }],
      ['POST /worlds', { scenario: name }],
      ['POST /worlds', { scenario: { extends: name } }],
      ['PUT /scenario', { extends: 'default', providers: JSON.parse(`{"${name}":{}}`) as object }],
      ['PATCH /providers/mailup/policy', JSON.parse(`{"${name}":1}`) as object],
      ['PATCH /providers/mailup/policy', { errors: JSON.parse(`{"${name}":{"status":400}}`) as object }],
      ['POST /verify', { match: { form: JSON.parse(`{"${name}":"x"}`) as object } }],
      ['POST /providers/mailup/tokens', { clientId: name, userId: name, scopes: [name] }],
    ] as const) {
      const { status } = await call(line, body);
      t.ok(status < 500, `${line} ${JSON.stringify(body)}: ${status}`);
    }
    const form = new URLSearchParams({
      grant_type: name,
      client_id: name,
      client_secret: name,
      [name]: name,
      scope: name,
    });
    for (const path of ['/mailup/Authorization/OAuth/Token', '/dottedsign/v1/oauth/token']) {
      const answer = await fetch(server.url + path, { method: 'POST', body: form, headers: { [`x-${name}`]: name } });
      t.ok(answer.status < 500, `${path} with ${name}: ${answer.status}`);
    }
    const list = `/mailup/API/v1.1/Rest/ConsoleService.svc/Console/User/Lists?filterby=${name}=='x'&${name}=1`;
    t.ok((await fetch(server.url + list)).status < 500, list);
    t.equal((await call('GET /journal')).status, 200);
  }
});

t.test('such a name is no command', async (t) => {
  for (const name of names) {
    const written: string[] = [];
    const code = await run([name], {
      env: {},
      isTerminal: false,
      isInteractive: false,
      onSignal: () => () => {},
      out: (line) => written.push(line),
      err: (line) => written.push(line),
      stopped: new Promise(() => undefined),
    });
    t.equal(code, 2, `${name}: ${written.join('')}`);
  }
});
