import t from 'tap';
import { Facets } from '../../src/panel/journal/facets.js';
import { changeOf, rowOf } from './rows-of.js';

t.test('facets count the values that rows have', (t) => {
  const facets = new Facets();
  const pending = rowOf(3, { durationMs: undefined, status: undefined });
  facets.apply(changeOf([rowOf(1, { reason: 'b' }), rowOf(2, { reason: 'a', provider: 'tinyemail' }), pending]));
  t.same(facets.values('provider'), [
    { value: 'mailup', count: 2 },
    { value: 'tinyemail', count: 1 },
  ]);
  t.same(
    facets.values('reason').map(({ value }) => value),
    ['a', 'b'],
    'in the order of the alphabet',
  );
  t.same(facets.values('grant'), []);
  t.same(facets.values('status'), [
    { value: '200', count: 2 },
    { value: 'none', count: 1 },
  ]);

  facets.apply(changeOf([rowOf(3, { status: 404 })], { replaced: [pending], dropped: [rowOf(1, { reason: 'b' })] }));
  t.same(facets.values('status'), [
    { value: '200', count: 1 },
    { value: '404', count: 1 },
  ]);
  t.same(facets.values('reason'), [{ value: 'a', count: 1 }]);

  facets.apply(changeOf([], { isReset: true }));
  t.same(facets.values('provider'), []);
  t.end();
});

t.test('of very many values the most frequent are offered', (t) => {
  const facets = new Facets();
  facets.apply(changeOf(Array.from({ length: 500 }, (_each, i) => rowOf(i + 1, { clientId: `c${i % 300}` }))));
  const offered = facets.values('client');
  t.equal(offered.length, 100);
  t.ok(offered.every(({ count }) => count === 2));
  t.end();
});
