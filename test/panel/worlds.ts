import t from 'tap';
import { redirectOutcome } from '../../src/panel/views/worlds/redirect-outcome.js';
import { approvalOf, userName } from '../../src/panel/views/worlds/waiting-pages.js';
import { pageNumber } from '../../src/panel/parts/page-number.js';
import { worldPage, worldRequest } from '../../src/panel/views/worlds/world-page.js';

t.test('the page of the list comes from the URL, and nonsense is the first page', async (t) => {
  t.strictSame([undefined, '3', '0', '-1', 'x', '1.5', '1e9'].map(pageNumber), [1, 3, 1, 1, 1, 1, 1]);
  t.strictSame(worldRequest(3, ''), { limit: 50, offset: 100 });
  t.strictSame(worldRequest(3, 'x'), { limit: 10_000, offset: 0 }, 'a filter needs all worlds');
});

t.test('a page of worlds tells which ones it shows', async (t) => {
  const worlds = Array.from({ length: 50 }, (_each, i) => ({ id: `w-${i}` }));
  t.match(worldPage({ worlds, total: 5000 }, 2, ''), {
    page: 2,
    pages: 100,
    words: '51–100 of 5,000 worlds',
  });
  t.match(worldPage({ worlds: [{ id: 'default' }], total: 1 }, 1, ''), { pages: 1, words: '1 world' });
  t.match(worldPage({ worlds: [], total: 3 }, 9, ''), { shown: [], page: 9, words: '3 worlds' });
});

t.test('worlds are filtered by their id, in any letter case', async (t) => {
  const worlds = Array.from({ length: 120 }, (_each, i) => ({ id: `Test-${i}` }));
  const found = worldPage({ worlds, total: 120 }, 3, 'TEST');
  t.match(found, { page: 3, pages: 3, words: '101–120 of 120 worlds' });
  t.equal(found.shown.length, 20);
  t.match(worldPage({ worlds, total: 120 }, 3, 'test-11'), { page: 1, pages: 1, words: '11 worlds' });
  t.match(worldPage({ worlds, total: 120 }, 1, 'nothing'), { shown: [], words: '0 worlds' });
});

t.test('a redirect tells what became of a page', async (t) => {
  t.strictSame(redirectOutcome('http://localhost:3000/callback?code=a&state=b'), {
    isAllowed: true,
    words: 'Allowed. The client gets a code.',
  });
  t.strictSame(redirectOutcome('myapp:/callback#error=access_denied'), {
    isAllowed: false,
    words: 'Denied. The client gets the error access_denied.',
  });
  t.strictSame(redirectOutcome('https://app.test/'), { isAllowed: true, words: 'Answered.' });
});

t.test('an approval names the scopes only if some are refused', async (t) => {
  const page = { scopes: ['a', 'b'] };
  t.strictSame(approvalOf(page, 'ada', new Set()), { user: 'ada' });
  t.strictSame(approvalOf(page, 'ada', new Set(['b'])), { user: 'ada', scopes: ['a'] });
});

t.test('a person is called by name, by username or by id', async (t) => {
  t.equal(userName({ id: '1', username: 'ada@example.test', name: 'Ada' }), 'Ada');
  t.equal(userName({ id: '1', username: 'ada@example.test', name: '' }), 'ada@example.test');
  t.equal(userName({ id: '1', username: '', name: '' }), '1');
});
