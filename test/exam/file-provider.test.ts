import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { start } from '../../src/client/index.js';
import { exam } from '../../src/library.js';
import { CarefulApplication } from './careful/application.js';
import { settingsFor } from './careful/settings.js';

const acme = `
title: Acme
hosts: ['{shop}.acme.example']
variables: { shop: { example: mine } }
endpoints: { authorize: /oauth/authorize, token: /OAuth/Token, api: /v2 }
policy: { pathLetterCase: ignored }
scopes: { read: Read your anvils }
resources: [{ path: /anvils, scopes: [read], body: { owner: '{{ user.name }}' } }]
conventions: { credentials: body, apiPath: /anvils, scope: read }
`;

t.test('a client of a provider of a file is examined, followed at its real host, and found by its paths', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'understudy-exam-'));
  writeFileSync(join(folder, 'acme.yaml'), acme);
  const server = await start({ providers: folder });
  t.teardown(async () => {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const world = server.world();
  const info = await world.providers.describe('acme');
  const application = new CarefulApplication(settingsFor({ info }));
  await application.start();
  t.teardown(() => {
    application.close();
  });
  const described = new Set<string>();
  const { describe } = world.providers;
  world.providers.describe = (name) => {
    described.add(name);
    return describe(name);
  };
  const result = await exam({
    provider: 'acme',
    world,
    only: ['state-fresh', 'refresh-after-401', 'code-used-once'],
    connect: `${application.url}/connect`,
    call: `GET ${application.url}/call`,
    client: { redirectUri: application.redirectUri },
  });
  t.match(result, { provider: 'acme', grade: 'A', counts: { passed: 3 } });
  t.same([...described], ['acme'], 'the other providers are listed with one call');
  await t.rejects(exam({ provider: 'acmee', world, connect: 'http://x/', call: 'http://x/' }), {
    message: 'there is no provider "acmee"; did you mean "acme"?',
  });

  const query = new URLSearchParams({
    response_type: 'code',
    client_id: 'understudy-client',
    redirect_uri: 'http://localhost:3000/callback',
    state: 's',
  }).toString();
  const { code } = await world.authorize(`https://some.acme.example/oauth/authorize?${query}`);
  t.match(code, /./, 'the URL of a real host leads to the world');
  await fetch(`${info.baseUrl}/oauth/TOKEN`, { method: 'POST', body: 'x' });
  t.equal((await world.journal.list({ provider: 'acme', path: '/oauth/token' })).length > 0, true);
  t.same(await world.journal.list({ provider: 'acme', path: '/OAuth/Tokens' }), []);
});
