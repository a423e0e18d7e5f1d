import assert from 'node:assert/strict';
import fc from 'fast-check';
import t from 'tap';
import { BoundedMap } from '../../src/core/bounded-map.js';

t.test('a bounded map evicts done entries first, and the oldest entries beyond its limit', async (t) => {
  const map = new BoundedMap<{ done: boolean }>({ limit: 4, keepDone: 2, isDone: ({ done }) => done });
  const set = (key: string, done = false): void => {
    map.set(key, { done });
  };
  set('a', true);
  set('b', true);
  t.same([map.size, map.has('a')], [2, true], 'keepDone done entries are kept');
  for (const key of ['c', 'd', 'e', 'f']) set(key);
  t.same([map.has('a'), map.has('b'), map.size, map.evicted], [false, false, 4, 0]);
  set('g');
  t.same([map.has('c'), map.size, map.evicted], [false, 4, 1]);
  t.equal([...map.values()].length, 4);
  t.equal(map.delete('g'), true);
  t.equal(map.get('g'), undefined);
  t.equal(map.delete('g'), false);
});

t.test('a bounded map below its limit behaves like a Map, insertion order included', async () => {
  const key = fc.oneof(fc.stringMatching(/^[a-d]{0,2}$/), fc.constantFrom('token-1', 'token-2'));
  const step = fc.record({ remove: fc.boolean(), key, value: fc.integer() });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 60 }), fc.constantFrom(1000, 100_000), (steps, limit) => {
      const map = new BoundedMap<number>({ limit, keepDone: limit, isDone: () => false });
      const model = new Map<string, number>();
      for (const { remove, key: name, value } of steps) {
        if (remove) assert.equal(map.delete(name), model.delete(name));
        else {
          map.set(name, value);
          model.set(name, value);
        }
      }
      assert.deepEqual([...map.values()], [...model.values()]);
      assert.equal(map.size, model.size);
      for (const { key: name } of steps) {
        assert.deepEqual([map.get(name), map.has(name)], [model.get(name), model.has(name)]);
      }
    }),
  );
});

t.test('a map that becomes large keeps its entries and their order', async (t) => {
  const map = new BoundedMap<number>({ limit: 100_000, keepDone: 100_000, isDone: () => false });
  const keys = Array.from({ length: 20_000 }, (_, i) => `key ${i * 7919}`);
  for (const [i, key] of keys.entries()) map.set(key, i);
  map.set(keys[3]!, -3);
  map.delete(keys[10_000]!);
  t.same([map.get(keys[3]!), map.get(keys[10_000]!), map.get(keys[8192]!), map.size], [-3, undefined, 8192, 19_999]);
  t.ok(keys.every((key, i) => i === 10_000 || map.has(key)));
  t.same(
    [...map.keys()],
    keys.filter((_, i) => i !== 10_000),
  );
});

t.test('the eviction scan continues after its current entry is deleted', async (t) => {
  const looked: string[] = [];
  const map = new BoundedMap<string>({
    limit: 10,
    keepDone: 0,
    isDone: (value) => {
      looked.push(value);
      return false;
    },
  });
  for (const value of ['a', 'b', 'c', 'd', 'e']) map.set(value, value);
  t.equal(looked.at(-1), 'b', 'the scan is before c');
  map.delete('c');
  looked.length = 0;
  map.set('f', 'f');
  t.same(looked, ['d', 'e']);
  t.same([...map.values()], ['a', 'b', 'd', 'e', 'f']);
});

t.test('each insertion scans at most two entries, whatever the size of the map', async (t) => {
  let looks = 0;
  const map = new BoundedMap<{ done: boolean }>({
    limit: 100_000,
    keepDone: 10,
    isDone: ({ done }) => {
      looks += 1;
      return done;
    },
  });
  const entries = Array.from({ length: 20_000 }, (_, i) => ({ key: `entry ${i}`, value: { done: false } }));
  for (const { key, value } of entries) map.set(key, value);
  t.ok(looks <= 2 * entries.length);
  for (const { value } of entries) value.done = true;
  looks = 0;
  for (let i = 0; i < 20_000; i += 1) map.set(`later ${i}`, { done: false });
  t.equal(looks, 40_000);
  t.equal(map.size, 20_000, 'all done entries are evicted');
});

t.test(
  'a bounded map reads the time once for an insertion, and not before it has done entries to look for',
  async (t) => {
    let readings = 0;
    const now = (): number => (readings += 1);
    const times: number[] = [];
    const map = new BoundedMap<string>({
      limit: 10,
      keepDone: 3,
      now,
      isDone: (_, at) => {
        times.push(at);
        return false;
      },
    });
    for (const key of ['a', 'b', 'c']) map.set(key, key);
    t.equal(readings, 0);
    for (const key of ['d', 'e']) map.set(key, key);
    t.same([readings, times], [2, [1, 1, 2, 2]], 'two entries are looked at for each');
  },
);
