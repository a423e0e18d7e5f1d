import t from 'tap';
import { repeatedMembers } from '../../src/input/repeated-members.js';
import { startServer } from '../support.js';
import type { Test } from 'tap';

t.test('repeated members of a JSON text are found, each with its place', (t) => {
  const found = (json: string): string[] => {
    JSON.parse(json);
    return repeatedMembers(json).map(({ path, message }) => `${path} ${message}`);
  };
  const told = (path: string, line: number, column: number): string =>
    `${path} is a duplicate member, in line ${line}, column ${column} of the body`;
  t.same(found('{"a":1,"b":{"a":2},"c":[{"a":3},{"a":4}]}'), []);
  t.same(found('{"a":1,\n  "a" : 2}'), [told('a', 2, 3)]);
  t.same(found('[0,{"b":[{},{"x":1,"y":[1,{"q":"x"}],"x":2}]}]'), [told('1.b.1.x', 1, 38)]);
  t.same(found(String.raw`{"a\"{":1,"a\"{":2,"\u0062":1,"b":"b\\","b,":"b"}`), [told('a"{', 1, 11), told('b', 1, 31)]);
  t.same(found('{"__proto__":1,"__proto__":2}'), [told('__proto__', 1, 16)]);
  t.same(found('{"a":{"b":1},"c":2,"a":{"b":1}}'), [told('a', 1, 20)]);
  t.same(found('"a"'), []);
  t.equal(repeatedMembers(`{${Array.from({ length: 500 }, () => '"a":1').join()}}`).length, 101);
  t.same(repeatedMembers(JSON.stringify({ long: 'x'.repeat(2 ** 22) })), [], 'a long text');
  t.end();
});

type Send = (method: string, path: string, body: string) => Promise<{ status: number; text: string; body: unknown }>;

/** Sends bodies to the admin API of a new server. */
async function openAdmin(t: Test): Promise<Send> {
  const server = await startServer();
  t.teardown(() => server.close());
  return async (method, path, body) => {
    const response = await fetch(`${server.url}/__admin${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body,
    });
    const text = await response.text();
    return { status: response.status, text, body: JSON.parse(text) as unknown };
  };
}

t.test('the line and the column of each repeated member, in a text of many lines', (t) => {
  const lines = Array.from({ length: 60 }, (_each, i) => `${' '.repeat(i)}"a":1`);
  t.same(
    repeatedMembers(`{\n${lines.join(',\n')}\n}`).map(({ message }) => message.match(/\d+/g)),
    lines.slice(1).map((_each, i) => [String(i + 3), String(i + 2)]),
  );
  t.end();
});

t.test('a body that is too deep is refused for that alone, with a short answer', async (t) => {
  const send = await openAdmin(t);
  const deep = 520_000; // 1 MiB is the limit of the body
  const body = `${'['.repeat(deep)}{${Array.from({ length: 150 }, () => '"a":1').join()}}${']'.repeat(deep - 1)}]`;
  const { status, text } = await send('PUT', '/providers/acme', body);
  t.equal(status, 400);
  t.match(text, /the body is nested deeper than 100 levels/);
  t.ok(text.length < 1000, `${text.length} characters`);
});

t.test('limit "a path in a mistake"', async (t) => {
  const send = await openAdmin(t);
  const name = 'n'.repeat(500_000);
  const members = (value: (i: number) => string): string =>
    `{"${name}":{${Array.from({ length: 150 }, (_each, i) => value(i)).join()}}}`;
  const repeated = await send(
    'PUT',
    '/providers/acme',
    members(() => '"a":1'),
  );
  t.match(repeated, { status: 400, body: { errors: [{ path: `${name.slice(0, 500)}…`, message: /duplicate/ }] } });
  t.ok(repeated.text.length < 101 * 1000, `${repeated.text.length} characters`);
  const unknown = await send('PUT', '/providers/acme', `{"policy":{"${name}":1}}`);
  t.equal(unknown.status, 400);
  t.ok(unknown.text.length < 10_000, `${unknown.text.length} characters`);
});

t.test('limit "repeated members of a body"', async (t) => {
  const send = await openAdmin(t);
  const longest = 4 * 1024 * 1024;
  const ofLength = (length: number): string => `{"a":1,"a":1${' '.repeat(length - 13)}}`;
  t.match((await send('PUT', '/snapshot', ofLength(longest))).text, /a is a duplicate member/);
  const longer = await send('PUT', '/snapshot', ofLength(longest + 1));
  t.equal(longer.status, 400);
  t.match(longer.text, /is not a member here/);
  t.notMatch(longer.text, /duplicate/);
});

t.test('a body of the admin API with repeated members is refused with all of them', async (t) => {
  const send = await openAdmin(t);
  const put = await send('PUT', '/providers/acme', '{"title":"A","title":"B",\n"policy":{"code":"1m","code":"2m"}}');
  t.match(put, {
    status: 400,
    body: {
      title: 'Invalid request',
      detail: 'title is a duplicate member, in line 1, column 14 of the body (and 1 more)',
      errors: [
        { path: 'title' },
        { path: 'policy.code', message: 'is a duplicate member, in line 2, column 23 of the body' },
      ],
    },
  });
  t.equal((await send('PATCH', '/providers/mailup/policy', '{"code":"1m","code":"2m"}')).status, 400);
  t.equal((await send('PATCH', '/providers/mailup/policy', '{"code":"1m"}')).status, 200);
});
