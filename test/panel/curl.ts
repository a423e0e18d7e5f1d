import { execFile, spawnSync } from 'node:child_process';
import { promisify } from 'node:util';
import t from 'tap';
import { start } from '../../src/client/index.js';
import { curl } from '../../src/panel/views/timeline/entry/curl.js';
import { ownPath } from '../../src/panel/journal/own-path.js';
import { request as sendRaw } from '../raw.js';
import { demo } from '../support.js';
import type { EntryView } from '../../src/client/index.js';

const run = promisify(execFile);
const sh = async (command: string): Promise<string> => (await run('sh', ['-c', command])).stdout;
const skip = spawnSync('curl', ['--version']).status === 0 ? false : 'curl is missing';
const world = 'http://127.0.0.1:8080/w/mine';

type Request = Partial<EntryView['request']>;
const entry = (request: Request, provider: string | null = 'mailup'): EntryView => ({
  id: 1,
  at: '',
  realAt: '',
  endpoint: 'token',
  ...(provider === null ? {} : { provider }),
  request: {
    method: 'GET',
    path: '/',
    query: {},
    ...request,
    headers: { accept: '*/*', 'user-agent': 'client/1', ...request.headers },
  },
  notes: [],
});
const userAgent = "--header 'user-agent: client/1'";
/** The command without the line of the User-Agent. */
const commandOf = (request: Request, provider?: string | null): string =>
  curl(entry(request, provider), world).replace(` \\\n  ${userAgent}`, '');
const lines = (request: Request, provider?: string | null): string[] => commandOf(request, provider).split(' \\\n  ');

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
  t.same(lines({ path: '/mailup/[1-9]{a,b}' }), [`curl '${world}/mailup/[1-9]{a,b}'`, '--globoff'], 'nothing expands');
  t.same(lines({ path: '/mailup/a/../b' }), [`curl ${world}/mailup/a/../b`, '--path-as-is']);
  t.same(lines({ path: '/mailup/%2e' }), [`curl '${world}/mailup/%2e'`, '--path-as-is']);
  t.same(lines({ path: '/mailup/a..b/.c#d' }), [`curl '${world}/mailup/a..b/.c%23d'`]);
  t.end();
});

void t.test('method, query and headers are those of the request', (t) => {
  t.same(lines({ method: 'HEAD' }), [`curl --head ${world}/mailup/`]);
  t.same(lines({ method: 'PUT' }), [`curl --request PUT ${world}/mailup/`]);
  t.same(lines({ method: 'POST' }), [`curl --request POST ${world}/mailup/`]);
  t.same(lines({ query: { a: 'b c&d', e: ['1', '2'], lone: '\ud800' } }), [
    `# U+0000 and bytes that are not UTF-8 are not sent as they were\ncurl '${world}/mailup/?a=b%20c%26d&e=1&e=2&lone=%EF%BF%BD'`,
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
  t.same(
    curl({ ...entry({}), request: { ...entry({}).request, headers: {} } }, world)
      .split(' \\\n  ')
      .slice(1),
    ['--header accept:', '--header user-agent:'],
  );
  t.same(lines({ headers: { 'x-name': "M\u00c3\u00bc'\\%" } }).slice(1), [
    `--header "$(printf 'x-name: M\\303\\274'\\''\\\\%%')"`,
  ]);
  t.same(lines({ headers: { authorization: 'Basic id:secret' } }).slice(1), ['--user id:secret']);
  t.end();
});

void t.test('a body is sent as its type says', (t) => {
  const form = { grant_type: 'password', scope: "a b'c", nul: '\u0000' };
  const body = (request: Request): string[] => lines({ method: 'POST', ...request }).slice(1);
  t.same(body({ form, headers: {} }), [
    '--header content-type:',
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
  t.same(body({ form: 'a text' }), ['--header content-type:', "--data-raw 'a text'"]);
  t.equal(lines({ method: 'POST', form: 'x' })[0], `curl ${world}/mailup/`, 'with data, curl chooses POST');
  t.end();
});

void t.test('what the journal does not have is said in a line before the command', (t) => {
  const fingerprint = 'fp:0123456789ab';
  t.equal(
    commandOf({ headers: { authorization: `Basic ${fingerprint}` } }),
    `# fp:… stands for a secret: put the real value in its place\n` +
      `curl ${world}/mailup/ \\\n  --header 'authorization: Basic ${fingerprint}'`,
  );
  t.match(curl(entry({ query: { code: fingerprint } }), world), `?code=${fingerprint}'`, 'it stays readable');
  const note = '(70000 characters; the journal keeps bodies of up to 65536)';
  t.equal(
    commandOf({ method: 'POST', form: note, headers: { 'content-length': '70000' } }),
    `# The journal does not have the body (70000 bytes)\ncurl --request POST ${world}/mailup/`,
  );
  t.equal(
    commandOf({ method: 'POST', headers: { 'content-length': '3' } }),
    `# The journal does not have the body (3 bytes)\ncurl --request POST ${world}/mailup/`,
  );
  t.match(
    commandOf({ method: 'POST', form: 'a\ufffd' }),
    /^# U\+0000 and bytes that are not UTF-8 are not sent as they were\n/,
  );
  t.match(
    commandOf({ method: 'POST', form: { a: '%ff' } }),
    /^# U\+0000 and bytes that are not UTF-8 are not sent as they were\n/,
  );
  t.notMatch(commandOf({ query: { code: '50%discount' } }), '#', 'a percent sign before other letters is one');
  t.match(curl(entry({ method: 'POST', form: 'a\u0000b' }), world), /^# U\+0000 .*\ncurl [^]*\n {2}--data-raw 'ab'$/);
  t.end();
});

void t.test('where a world shows secrets, the command does again what the client did', { skip }, async (t) => {
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

void t.test('curl sends again what a client sent: unusual paths, headers and bodies', { skip }, async (t) => {
  const server = await start();
  t.teardown(() => server.close());
  const own = await server.newWorld();
  const path = `/w/${own.id}/dottedsign`;
  const text = ['Content-Type: text/plain'];
  const form = ['Content-Type: application/x-www-form-urlencoded'];
  type Case = [line: string, headers?: readonly string[], body?: string];
  const cases: Case[] = [
    ['GET /a/../b/./c'],
    ['GET /a/%2e%2E/b'],
    ['GET /[1-3]{a,b}*\\"\'$HOME`id`'],
    ['GET /q?[a]={1..3}&b=%C3%A9+%26&b=&c=\'"'],
    ['GET /headers', ['Accept: a/b', 'X-Two: a', 'X-Two: b', 'X-Empty:', 'X-Quotes: \'"\\%s$HOME']],
    ['GET /bytes', ['X-Utf8: M\u00c3\u00bcller 100%', 'X-Latin1: \\n\u00e9', 'User-Agent: c']],
    ['GET /v1/members/me', form, 'a=b'],
    ['HEAD /v1/members/me', ['Accept: */*']],
    ['OPTIONS /v1/oauth/token', ['Origin: http://a.test', 'Access-Control-Request-Method: POST']],
    ['POST /v1/oauth/token', [], 'scope=@/dev/null&a=b'],
    ['POST /v1/oauth/token', form, "a='%0D%0A%00&a=%22&b[]=@c&%5Bd%5D=;+%26"],
    ['POST /v1/oauth/token', text, '@/dev/null\r\n\'a"$HOME`id`\\\n'],
    ['POST /v1/oauth/token', ['Content-Type: application/json'], '{"a":["\\n","é"],"b":null}'],
    ['POST /v1/oauth/token', [...form, 'Expect: 100-continue'], 'a=b'],
    ['PUT /v1/oauth/token', text, ''],
  ];
  for (const [line, headers = [], body = ''] of cases) {
    await sendRaw(own.baseUrl, line.replace(' ', ` ${path}`), headers, body);
  }
  const sent = await own.journal.list();
  t.equal(sent.length, cases.length);
  for (const each of sent) await sh(`${curl(each, own.baseUrl)} --silent --max-time 10`);
  const again = (await own.journal.list()).slice(sent.length);
  for (const [i, { request }] of sent.entries()) {
    t.same(requestOf(again[i]), requestOf(sent[i]), `${request.method} ${request.path}`);
  }
});

/** What two equal requests have in common. */
function requestOf(entry: EntryView | undefined): unknown {
  const { host: _host, connection: _c, 'content-length': _l, ...headers } = entry?.request.headers ?? {};
  return { ...entry?.request, headers, status: entry?.status, reason: entry?.reason };
}
