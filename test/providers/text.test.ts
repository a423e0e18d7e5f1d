import t from 'tap';
import { weakEtag } from '../../src/providers/text.js';

t.test('a weak ETag has the shape of Rails, and depends on each character of the text and its place', async (t) => {
  const text = '{"id":1,"name":"Ada","letters":"aabb"}';
  const others = text
    .split('')
    .flatMap((each, i) => [
      text.slice(0, i) + (each === 'x' ? 'y' : 'x') + text.slice(i + 1),
      text.slice(0, i) + text.slice(i + 1),
    ]);
  const swapped = text.replace('aabb', 'abab');
  const all = [text, ...others, swapped, '', 'a', 'b', 'ab', 'abc', 'abcd', 'abcde', 'é', '\u{1F600}'];
  const etags = all.map(weakEtag);
  for (const etag of etags) t.match(etag, /^W\/"[0-9a-f]{32}"$/);
  t.equal(new Set(etags).size, new Set(all).size);
  t.equal(weakEtag(text), weakEtag(text));
});
