import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import t from 'tap';
import { start } from '../../src/client/index.js';
import { curl } from '../../src/panel/views/timeline/entry/curl.js';
import { ownPath } from '../../src/panel/views/timeline/entry/own-path.js';
import { demo } from '../support.js';
import type { EntryView } from '../../src/client/index.js';

const run = promisify(execFile);
const sh = async (command: string): Promise<string> => (await run('sh', ['-c', command])).stdout;
const world = 'http://127.0.0.1:8080/w/mine';

type Request = Partial<EntryView['request']>;
const entry = (request: Request, provider: string | null = 'mailup'): EntryView => ({
  id: 1,
  at: '',
  realAt: '',
  endpoint: 'token',
  ...(provider === null ? {} : { provider }),
  request: { method: 'GET', path: '/', query: {}, headers: {}, ...request },
  notes: [],
});
const lines = (request: Request, provider?: string | null): string[] =>
  curl(entry(request, provider), world).split(' \\\n  ');

void t.test('the own path of a provider has no world and no name', (t) => {
  const at = (path: string, provider?: string): string => ownPath({ provider, request: { path } });
  t.equal(at('/w/mine/mailup/Token', 'mailup'), '/Token');
  t.equal(at('/MailUp/Token', 'mailup'), '/Token');
  t.equal(at('/Token', 'mailup'), '/Token', 'by the host of the provider');
  t.equal(at('/mailupper/Token', 'mailup'), '/mailupper/Token');
  t.equal(at('/other'), '/other');
  t.equal(at('/w/mine/other'), '/other');
  t.end();
});

void t.test('the command goes to the world, whichever host the client asked for', (t) => {
  t.same(lines({ path: '/w/mine/mailup/Token', host: '127.0.0.1:8080' }), [`curl ${world}/mailup/Token`]);
  t.same(lines({ path: '/Token', host: 'services.mailup.com', scheme: 'https' }), [`curl ${world}/mailup/Token`]);
  t.same(lines({ path: '/w/mine/nothing' }, null), [`curl ${world}/nothing`]);
  t.same(lines({ path: '/mailup/[1-9]{a,b}' }), [`curl '${world}/mailup/%5B1-9%5D%7Ba,b%7D'`], 'curl expands nothing');
  t.end();
});

void t.test('method, query and headers are those of the request', (t) => {
  t.same(lines({ method: 'HEAD' }), [`curl --head ${world}/mailup/`]);
  t.same(lines({ method: 'PUT' }), [`curl --request PUT ${world}/mailup/`]);
  t.same(lines({ method: 'POST' }), [`curl --request POST ${world}/mailup/`]);
  t.same(lines({ query: { a: 'b c&d', e: ['1', '2'], lone: '\ud800' } }), [
    `curl '${world}/mailup/?a=b%20c%26d&e=1&e=2&lone=%EF%BF%BD'`,
  ]);
  t.same(
    lines({
      headers: {
        host: 'x',
        'content-length': '3',
        'sec-fetch-mode': 'cors',
        accept: '*/*',
        'x-empty': '',
        'x-two': ['a', "b'c"],
        authorization: 'Bearer a.b',
      },
    }).slice(1),
    ["--header 'x-empty;'", "--header 'x-two: a'", "--header 'x-two: b'\\''c'", "--header 'authorization: Bearer a.b'"],
  );
  t.same(lines({ headers: { accept: 'application/json' } }).slice(1), ["--header 'accept: application/json'"]);
  t.same(lines({ headers: { authorization: 'Basic id:secret' } }).slice(1), ['--user id:secret']);
  t.end();
});

void t.test('a body is sent as its type says', (t) => {
  const form = { grant_type: 'password', scope: "a b'c", nul: '\u0000' };
  const body = (request: Request): string[] => lines({ method: 'POST', ...request }).slice(1);
  t.same(body({ form, headers: {} }), [
    "--data-raw 'grant_type=password'",
    "--data-raw 'scope=a%20b'\\''c'",
    "--data-raw 'nul=%00'",
  ]);
  t.same(body({ form: { a: 'b' }, headers: { 'content-type': 'multipart/form-data; boundary=x' } }), [
    "--form-string 'a=b'",
  ]);
  t.same(body({ form: { a: 1 }, headers: { 'content-type': 'application/json' } }), [
    "--header 'content-type: application/json'",
    `--data-raw '{"a":1}'`,
  ]);
  t.same(body({ form: 'a text' }), ["--data-raw 'a text'"]);
  t.equal(lines({ method: 'POST', form: 'x' })[0], `curl ${world}/mailup/`, 'with data, curl chooses POST');
  t.end();
});

void t.test('what the journal does not have is said in a line before the command', (t) => {
  const fingerprint = 'fp:0123456789ab';
  t.equal(
    curl(entry({ headers: { authorization: `Basic ${fingerprint}` } }), world),
    `# fp:… stands for a secret: put the real value in its place\n` +
      `curl ${world}/mailup/ \\\n  --header 'authorization: Basic ${fingerprint}'`,
  );
  t.match(curl(entry({ query: { code: fingerprint } }), world), `?code=${fingerprint}'`, 'it stays readable');
  const note = '(70000 characters; the journal keeps bodies of up to 65536)';
  t.equal(
    curl(entry({ method: 'POST', form: note }), world),
    `# The journal did not keep the body: it was too long\ncurl --request POST ${world}/mailup/`,
  );
  t.match(curl(entry({ method: 'POST', form: 'a\u0000b' }), world), /^# U\+0000 .*\ncurl .*\n {2}--data-raw ab$/);
  t.end();
});

void t.test('where a world shows secrets, the command does again what the client did', async (t) => {
  const server = await start();
  t.teardown(() => server.close());
  const own = await server.newWorld({ scenario: { extends: 'default', journal: { secrets: 'plain' } } });
  const { tokenUrl, apiUrl } = await own.providers.describe('dottedsign');
  const pair = await own.tokens.mint({ provider: 'dottedsign', clientId: demo.id, userId: demo.username });
  const basic = `Basic ${Buffer.from(`${demo.id}:${demo.secret}`).toString('base64')}`;
  await fetch(tokenUrl, {
    method: 'POST',
    headers: { authorization: basic },
    body: new URLSearchParams({ grant_type: 'refresh_token', refresh_token: pair.refreshToken ?? '', 'x y': "a'b$c" }),
  });
  await fetch(`${apiUrl}/members/me?q=a%20b`, { headers: { authorization: `Bearer ${pair.accessToken}` } });
  const before = await own.journal.list();
  t.equal(before.length, 2);
  for (const each of before) await sh(`${curl(each, own.baseUrl)} --silent`);
  const after = await own.journal.list();
  t.equal(after.length, 4);
  for (const [i, first] of before.entries()) {
    const again = after[i + 2] as EntryView;
    t.same(again.request.form, first.request.form);
    t.same(again.request.query, first.request.query);
    t.equal(again.request.path, first.request.path);
    t.equal(again.request.method, first.request.method);
    t.equal(again.request.headers.authorization, first.request.headers.authorization);
    t.equal(again.clientId, first.clientId);
  }
});
