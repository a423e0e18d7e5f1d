import t from 'tap';
import { SharedMap } from '../../src/core/shared-map.js';

t.test('a shared map reads what it shares, and changes a copy of its own', (t) => {
  const shared = new Map([
    ['a', 1],
    ['b', 2],
  ]);
  const [one, two] = [new SharedMap(shared), new SharedMap(shared)];
  t.equal(one.set('a', 3).set('c', 4), one);
  t.same([...one.keys()], ['a', 'b', 'c'], 'a known key keeps its place');
  t.same([...one.values()], [3, 2, 4]);
  t.same([one.size, one.get('a'), one.has('c')], [3, 3, true]);
  t.same([two.size, two.get('a'), two.has('c')], [2, 1, false]);
  t.equal(two.delete('c'), false);
  t.equal(two.delete('a'), true);
  t.same([...two.keys()], ['b']);
  const three = new SharedMap(shared);
  for (const key of three.keys()) three.delete(key);
  t.equal(three.size, 0, 'it can be emptied while it is read');
  const four = new SharedMap(shared);
  four.clear();
  t.equal(four.size, 0);
  t.same(
    [...shared],
    [
      ['a', 1],
      ['b', 2],
    ],
    'what is shared never changes',
  );
  t.end();
});
