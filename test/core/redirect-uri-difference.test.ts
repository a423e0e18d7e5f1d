import t from 'tap';
import { differenceBetween, nearest } from '../../src/core/redirect-uri-difference.js';
import type { RedirectUriMatching } from '../../src/core/policy.js';

const registered = 'http://localhost:3000/callback';

const differ = (expected: string, received: string, matching: RedirectUriMatching = 'exact'): string =>
  differenceBetween(matching, expected, received, 'registered');

t.test('the parts that differ are named, each with both values', async (t) => {
  for (const [expected, received, words] of [
    [registered, `${registered}/`, 'the path is "/callback/"; registered: "/callback" (a slash at the end)'],
    [`${registered}/`, registered, 'the path is "/callback"; registered: "/callback/" (a slash at the end)'],
    [registered, 'http://localhost:3000/Callback', 'the path is "/Callback"; registered: "/callback" (letter case)'],
    [registered, 'http://localhost:3000/other', 'the path is "/other"; registered: "/callback"'],
    [registered, 'http://localhost:3000', 'the path is empty; registered: "/callback"'],
    [
      'http://localhost/a%20b',
      'http://localhost/%61%20b',
      'the path is "/%61%20b"; registered: "/a%20b" (percent-encoding)',
    ],
    ['http://localhost/%zz', 'http://localhost/%zy', 'the path is "/%zy"; registered: "/%zz"'],
    [registered, 'https://localhost:3000/callback', 'the scheme is "https"; registered: "http"'],
    [registered, 'HTTP://localhost:3000/callback', 'the scheme is "HTTP"; registered: "http" (letter case)'],
    [registered, 'http://localhost:4000/callback', 'the port is "4000"; registered: "3000"'],
    [registered, 'http://localhost/callback', 'the port is absent; registered: "3000"'],
    [
      'https://app.example/cb',
      'https://app.example:443/cb',
      'the port is "443"; registered: absent (the default port of https, but it must be written alike)',
    ],
    [
      registered,
      'http://127.0.0.1:3000/callback',
      'the host is "127.0.0.1"; registered: "localhost" (both are this machine, but names are compared)',
    ],
    [registered, 'http://LocalHost:3000/callback', 'the host is "LocalHost"; registered: "localhost" (letter case)'],
    [
      'https://app.example/cb',
      'https://www.app.example/cb',
      'the host is "www.app.example"; registered: "app.example"',
    ],
    ['app:/cb', 'app://x/cb', 'the host is "x"; registered: absent'],
    [
      registered,
      'http://me@localhost:3000/callback',
      'the user information before the host is "me"; registered: absent',
    ],
    [registered, `${registered}?a=1`, 'the query is "a=1"; registered: absent'],
    [registered, `${registered}?`, 'the query is empty; registered: absent'],
    [
      `${registered}?a=1&b=2`,
      `${registered}?b=2&a=1`,
      'the query is "b=2&a=1"; registered: "a=1&b=2" (the order of its parameters)',
    ],
    [`${registered}?a=b`, `${registered}?a=B`, 'the query is "a=B"; registered: "a=b" (letter case)'],
    [
      registered,
      'https://localhost:4000/cb',
      'the scheme is "https"; registered: "http", and the port is "4000"; registered: "3000", and ' +
        'the path is "/cb"; registered: "/callback"',
    ],
  ] as const) {
    t.equal(differ(expected, received), words);
  }
});

t.test('where the parts say nothing, both values are shown as a whole', async (t) => {
  for (const [received, more] of [
    ['localhost:3000/callback', ' (the scheme is missing)'],
    ['//localhost:3000/callback', ' (the scheme is missing)'],
    ['/callback', ''],
    ['', ''],
    ['http%3A%2F%2Flocalhost%3A3000%2Fcallback', ''],
    [`${registered}#x`, ''],
  ] as const) {
    t.equal(differ(registered, received), `it is "${received}"; registered: "${registered}"${more}`);
  }
  t.equal(differ('app:one', 'app:two'), 'it is "app:two"; registered: "app:one"');
});

t.test('a part that the policy does not compare is not named', async (t) => {
  t.equal(
    differ('http://localhost/cb', 'http://LOCALHOST/other?x=1', 'ignore-query'),
    'the path is "/other"; registered: "/cb"',
  );
  t.equal(
    differ('http://127.0.0.1:3000/cb', 'http://127.0.0.1:4000/other', 'loopback-any-port'),
    'the path is "/other"; registered: "/cb"',
  );
  t.equal(
    differ('http://localhost/cb', 'http://LOCALHOST/other', 'as-written'),
    'the host is "LOCALHOST"; registered: "localhost" (letter case), and the path is "/other"; registered: "/cb"',
  );
});

t.test(
  'the nearest registered URI is the one with the fewest differences, then the one that begins alike',
  async (t) => {
    const uris = ['http://localhost:3000/callback', 'https://app.example/callback', 'https://app.example/login'];
    t.equal(
      nearest('exact', uris, 'https://localhost:3000/callback'),
      uris[0],
      'one part, though another begins alike',
    );
    t.equal(nearest('exact', uris, 'https://app.example/log'), uris[2]);
    t.equal(nearest('exact', uris, 'https://app.example/call'), uris[1]);
    t.equal(nearest('exact', [], 'https://app.example/call'), undefined);
  },
);
