import t from 'tap';
import {
  basicCredentials,
  bearerToken,
  credentialsOf,
  decodeBasic,
  splitAuthorization,
} from '../../src/input/authorization-header.js';

t.test('a header is a scheme, spaces and credentials', async (t) => {
  t.same(splitAuthorization('Bearer abc'), { scheme: 'Bearer', credentials: 'abc' });
  t.same(splitAuthorization('Digest  a="b", c'), { scheme: 'Digest', credentials: 'a="b", c' });
  t.same(splitAuthorization('abc'), { scheme: 'abc', credentials: '' });
});

t.test('the scheme is compared without letter case, and needs credentials', async (t) => {
  t.equal(credentialsOf('bEARER abc', 'bearer'), 'abc');
  t.equal(credentialsOf('Basic abc', 'bearer'), undefined);
  for (const header of ['Bearer', 'Bearer ', 'Bearer\tabc', 'Bearer \tabc', '']) {
    t.equal(credentialsOf(header, 'bearer'), undefined, JSON.stringify(header));
  }
});

t.test('a bearer token is one word', async (t) => {
  t.equal(bearerToken('Bearer a.b-c='), 'a.b-c=');
  t.equal(bearerToken('Bearer a b'), undefined);
  t.equal(bearerToken('Basic YTpi'), undefined);
});

t.test('Basic credentials may lack their scheme, where the reader allows it', async (t) => {
  t.equal(basicCredentials('Basic YTpi'), 'YTpi');
  t.equal(basicCredentials('YTpi'), undefined);
  t.equal(basicCredentials('YTpi', true), 'YTpi');
  t.equal(basicCredentials('Bearer YTpi', true), undefined);
});

t.test('the first colon ends the id of Basic credentials', async (t) => {
  const encoded = (text: string): string => Buffer.from(text).toString('base64');
  t.same(decodeBasic(encoded('id:a:b')), { id: 'id', secret: 'a:b' });
  t.same(decodeBasic(encoded('id:')), { id: 'id', secret: '' });
  t.same(decodeBasic(encoded('id')), { id: 'id', secret: undefined });
});
