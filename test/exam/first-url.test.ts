import t from 'tap';
import { FirstUrl } from '../../src/exam/first-url.js';

const isOfProvider = ({ hostname }: URL): boolean => hostname === 'provider.test';

/** What is found in a text that comes in pieces. Without `isAtEnd`, more could come. */
function foundIn(pieces: readonly string[], isAtEnd = false): Promise<string | undefined> {
  const first = new FirstUrl(isOfProvider);
  for (const piece of pieces) first.add(piece);
  if (isAtEnd) first.end();
  return first.found;
}

t.test('the URL of the provider is found, in pieces and after other URLs', async (t) => {
  const url = 'http://provider.test/authorize?a=1&b=2';
  t.equal(await foundIn([`${url}\n`]), url);
  t.equal(
    await foundIn(['Listening on http://localhost:3000\nOpen http://provid', `er.test/authorize?a=1&b=2 now\n`]),
    url,
  );
  t.equal(await foundIn([`Listening on http://localhost:3000. Open ${url}.`], true), url);
  t.equal(await foundIn([`(${url}), then more`]), url);
});

t.test('without one of the provider, the first URL is found when nothing follows', async (t) => {
  t.equal(
    await foundIn(['Open http://localhost:3000/connect, please: http://localhost:3001/']),
    'http://localhost:3000/connect',
  );
  t.equal(await foundIn(['see http://localhost:3000/connect'], true), 'http://localhost:3000/connect');
});

t.test('what is no URL is passed over', async (t) => {
  t.equal(await foundIn(['Listening on http://:8080\n', 'open http://localhost:1/x\n']), 'http://localhost:1/x');
  t.equal(await foundIn(['nothing'], true), undefined);
  t.equal(await foundIn(['http://:8080'], true), undefined);
});

t.test('what comes after the URL, and after a very long text, is not read', async (t) => {
  const first = new FirstUrl(isOfProvider);
  first.add('http://provider.test/one ');
  first.add('http://provider.test/two ');
  first.end();
  t.equal(await first.found, 'http://provider.test/one');
  t.equal(await foundIn(['x'.repeat(100_000), ' http://provider.test/ '], true), undefined);
});
