import t from 'tap';
import { parametersOf } from '../../src/panel/views/exam/parameters.js';

const request = { entry: 1, afterMs: 0, endpoint: 'token', method: 'POST', path: '/token', query: {} };

t.test('a body does not hide a parameter of the query with the same name', async (t) => {
  const query = { client_secret: 'one', scope: 'a' };
  t.equal(
    parametersOf({ ...request, query, form: { client_secret: 'two' } }),
    'query: client_secret=one, scope=a · body: client_secret=two',
  );
  t.equal(parametersOf({ ...request, form: { code: 'x' } }), 'body: code=x');
  t.equal(parametersOf(request), '');
});

t.test('a body that is no object is shown as it is', async (t) => {
  t.equal(parametersOf({ ...request, form: 'a text' }), 'body: a text');
  t.equal(parametersOf({ ...request, form: null }), 'body: null');
});
