import t from 'tap';
import { fittedText, maxAnswerCharacters } from '../../src/mcp/fitted-text.js';

t.test('a short answer is written as it is', async (t) => {
  t.equal(fittedText({ list: [1, 2], text: 'a' }), '{"list":[1,2],"text":"a"}');
});

t.test('a long list loses items at its end, and says how many', async (t) => {
  const text = fittedText({ total: 2000, list: Array.from({ length: 2000 }, (_, i) => ({ i, name: 'x'.repeat(40) })) });
  t.ok(text.length <= maxAnswerCharacters);
  const { total, list } = JSON.parse(text) as { total: number; list: unknown[] };
  t.equal(total, 2000);
  t.equal(list.length, 101);
  t.equal(list.at(-1), '… and 1900 more');
});

t.test('several long lists lose most of their items', async (t) => {
  const list = Array.from({ length: 10 }, () => 'x'.repeat(1900));
  const answer = JSON.parse(fittedText({ a: list, b: list, c: list, d: list, e: list })) as Record<string, unknown[]>;
  t.same(
    Object.values(answer).map(({ length }) => length),
    [4, 4, 4, 4, 4],
  );
});

t.test('a long text loses its end', async (t) => {
  const { body, id } = JSON.parse(fittedText({ body: 'y'.repeat(60_000), id: 7 })) as { body: string; id: number };
  t.equal(body, `${'y'.repeat(2000)}…`);
  t.equal(id, 7);
});

t.test('an answer of many long members is cut', async (t) => {
  const members = Object.fromEntries(Array.from({ length: 60 }, (_, i) => [`m${i}`, 'z'.repeat(1500)]));
  const text = fittedText(members);
  t.ok(text.endsWith('… (the rest is left out)'));
  t.ok(text.length < maxAnswerCharacters + 50);
});
