// GitHub, Slack and HubSpot document no response_type, and GitHub and Slack no grant_type: their own clients send none.
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import t from 'tap';
import { start } from '../../src/client/index.js';
import { demo } from '../support.js';

const folder = mkdtempSync(join(tmpdir(), 'understudy-types-'));
writeFileSync(
  join(folder, 'acme.yaml'),
  'parameters: { authorize: { response_type: { default: code } }, token: { grant_type: { default: authorization_code } } }',
);
const server = await start({ providers: folder });
t.teardown(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});
const world = server.world();
const { authorizeUrl, tokenUrl } = (await world.info()).providers.acme!;
const client = { client_id: demo.id, redirect_uri: demo.redirectUri };

const back = (more: Readonly<Record<string, string>> = {}) =>
  world.authorize(`${authorizeUrl}?${new URLSearchParams({ ...client, ...more }).toString()}`);

/** The status of a token request, and why it was refused. */
async function token(sent: Readonly<Record<string, string>>): Promise<readonly [number, string | undefined]> {
  const body = new URLSearchParams({ ...client, client_secret: demo.secret, ...sent });
  const { status } = await fetch(tokenUrl, { method: 'POST', body });
  return [status, (await world.journal.list()).at(-1)?.reason];
}

t.test('a file can say what a request without response_type or grant_type asks for', async (t) => {
  const { code = '' } = await back();
  t.same(await token({ code }), [200, undefined]);
  t.same(await token({ code }), [400, 'code.replayed'], 'refused as an exchange');
});

t.test('a type that is sent counts', async (t) => {
  t.equal((await back({ response_type: 'token' })).error, 'unsupported_response_type');
  t.same(await token({ grant_type: 'refresh_token', refresh_token: 'x' }), [400, 'refresh.unknown']);
});
