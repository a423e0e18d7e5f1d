import t from 'tap';
import { repeatedMembers } from '../../src/input/repeated-members.js';
import { startServer } from '../support.js';

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

t.test('a body of the admin API with repeated members is refused with all of them', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const send = async (method: string, path: string, body: string) => {
    const response = await fetch(`${server.url}/__admin${path}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body,
    });
    return { status: response.status, body: await response.json() };
  };
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
