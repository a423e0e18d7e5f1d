import t from 'tap';
import { parseForm } from '../../src/http/reading/form-text.js';

/** The members of a form by splitting: slower, and simple. */
function bySplitting(text: string): Record<string, string | string[]> {
  const members: Record<string, string | string[]> = {};
  for (const piece of text.split('&').filter((each) => each !== '')) {
    const [name = '', ...rest] = piece.split('=');
    const value = rest.join('=');
    const earlier = Object.hasOwn(members, name) ? members[name] : undefined;
    members[name] = earlier === undefined ? value : [earlier, value].flat();
  }
  return members;
}

t.test('a form is read as by splitting it at & and at the first =', async (t) => {
  const parts = ['', 'a', 'b=', '=c', '=', 'd=e', 'f=g=h', 'a=2'];
  for (const first of parts) {
    for (const second of parts) {
      for (const third of parts) {
        const text = [first, second, third].join('&');
        t.same({ ...parseForm(text) }, bySplitting(text), text);
      }
    }
  }
});

t.test('a form of many names without values is read in one pass', async (t) => {
  let searched = 0;
  class Counting extends String {
    override indexOf(what: string, from = 0): number {
      const found = super.indexOf(what, from);
      searched += (found < 0 ? this.length : found) - from;
      return found;
    }
  }
  for (const text of ['a&'.repeat(1000), `${'a&'.repeat(1000)}b=1`, 'a=1&b&'.repeat(500)]) {
    searched = 0;
    parseForm(new Counting(text) as unknown as string);
    t.ok(searched <= 2 * text.length, `${searched} characters are searched, of ${text.length}`);
  }
});
