import t from 'tap';
import { matches } from '../../src/core/redirect-matching.js';
import { readRedirectUri } from '../../src/core/redirect-uri.js';
import { splitUri, writeUri } from '../../src/core/uri-parts.js';

t.test('loopback-any-port: the order of the query and the port of a loopback IP literal may differ', async (t) => {
  const same = (registered: string, received: string): boolean => matches('loopback-any-port', registered, received);
  t.ok(same('http://127.0.0.1:3000/cb', 'http://127.0.0.1:4999/cb'));
  t.ok(same('http://[::1]/cb', 'http://[::1]:4999/cb'));
  t.ok(same('https://c.example/cb?a=1&b=2', 'HTTPS://C.example:443/cb?b=2&a=1'));
  t.notOk(same('http://localhost:3000/cb', 'http://localhost:4999/cb'), 'a name is no literal');
  t.notOk(same('http://127.0.0.1/cb', 'http://127.0.0.1/other'));
  t.notOk(same('https://c.example/cb?a=1', 'https://c.example/cb'));
});

t.test('as-written: a URI without a hierarchy must be equal, and userinfo is compared', async (t) => {
  t.ok(matches('as-written', 'com.example:cb', 'com.example:cb'));
  t.notOk(matches('as-written', 'com.example:cb', 'com.example:other'));
  t.ok(matches('as-written', 'https://u@c.example/cb', 'https://u@c.example/cb'));
  t.notOk(matches('as-written', 'https://c.example/cb', 'https://u@c.example/cb'));
});

t.test('normalized: an empty query is none', async (t) => {
  t.ok(matches('normalized', 'https://c.example/cb?', 'https://c.example/cb'));
  t.ok(matches('normalized', 'https://c.example/cb?', 'https://c.example/cb?'));
  t.notOk(matches('normalized', 'https://c.example/cb?a=1', 'https://c.example/cb'));
});

t.test('normalized: separators at the end of a query do not count, those inside do', async (t) => {
  t.ok(matches('normalized', 'https://c.example/cb?a=1', 'https://c.example/cb?a=1&&'));
  t.notOk(matches('normalized', 'https://c.example/cb?a=1', 'https://c.example/cb?&&a=1'));
});

t.test('normalized: what Ruby cannot parse is refused', async (t) => {
  const why = (uri: string): string | undefined => readRedirectUri('normalized', uri).malformed;
  t.equal(why('https://c.example/cb?a=b c'), undefined, 'characters of the query are escaped');
  t.match(why('https://c{.example/cb'), /absolute URI|before its path/);
  t.match(why('com.example://a|b/cb'), /before its path|absolute URI/);
  t.match(why('com.example://u|@host/cb'), 'characters that RFC 3986 forbids before its path');
  t.match(why('https://c.example/a[b]'), 'in its path');
  t.match(why('com.example:cb'), 'without a slash');
});

t.test('a URI is written anew from its parts', async (t) => {
  for (const uri of ['https://u:p@c.example/cb?x=1', 'http://[::1]:3000/cb', 'app.example:/cb']) {
    t.equal(writeUri(splitUri(uri)), uri);
  }
  t.equal(writeUri(splitUri('HTTPS://c.example:443/cb?')), 'https://c.example/cb');
});
