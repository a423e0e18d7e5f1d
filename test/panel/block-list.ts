import t from 'tap';
import { BlockList } from '../../src/panel/journal/block-list.js';
import type { Test } from 'tap';
import type { Block } from '../../src/panel/journal/block-list.js';

/** Random numbers below 1 that are the same in each run. */
function randomNumbers(): () => number {
  let state = 42;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

/** Compares all that a list tells with a plain array of the same blocks. */
function check(t: Test, list: BlockList<Block>, blocks: readonly Block[]): void {
  const ordered = [...blocks].sort((a, b) => b.newest - a.newest);
  const lines = ordered.flatMap((block) => Array.from({ length: block.lines }, (_each, line) => ({ block, line })));
  t.equal(list.lines, lines.length);
  t.ok(lines.every(({ block, line }, i) => list.at(i)?.block === block && list.at(i)?.line === line));
  t.equal(list.at(lines.length), undefined);
  t.equal(list.at(-1), undefined);
  t.ok(ordered.every((block) => list.at(list.indexOf(block))?.block === block && list.find(block.newest) === block));
}

t.test('an empty list has nothing', (t) => {
  const list = new BlockList<Block>();
  check(t, list, []);
  t.equal(list.find(1), undefined);
  t.end();
});

t.test('blocks that come, go and move are in order', (t) => {
  const random = randomNumbers();
  const list = new BlockList<Block>();
  const blocks = new Map<number, Block>();
  for (let i = 0; i < 6000; i += 1) {
    const newest = 1 + Math.floor(random() * 4000);
    const known = blocks.get(newest);
    if (known === undefined) {
      const block = { newest, lines: 1 + Math.floor(random() * 4) };
      blocks.set(newest, block);
      list.insert(block);
    } else {
      blocks.delete(newest);
      list.remove(known);
    }
    if (i % 1500 === 1499) check(t, list, [...blocks.values()]);
  }
  // nearly all go, so that chunks are joined
  for (const block of [...blocks.values()].slice(5)) {
    blocks.delete(block.newest);
    list.remove(block);
  }
  check(t, list, [...blocks.values()]);
  t.equal(list.find(4001), undefined);
  for (const block of blocks.values()) list.remove(block);
  check(t, list, []);
  list.insert({ newest: 1, lines: 1 });
  list.clear();
  check(t, list, []);
  t.end();
});

t.test('older blocks are put in front', (t) => {
  const list = new BlockList<Block>();
  const blocks = Array.from({ length: 2000 }, (_each, i) => ({ newest: 2000 - i, lines: 2 }));
  for (const block of blocks) list.insert(block);
  check(t, list, blocks);
  t.end();
});
