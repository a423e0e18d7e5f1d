import t from 'tap';
import { choicesOf, withAll } from '../../src/panel/parts/choices.js';

const known = choicesOf(['mailup', 'tinyemail']);

t.test('a list of choices begins with the one that stands for all', async (t) => {
  const all = [
    { value: '', text: 'All' },
    { value: 'mailup', text: 'mailup' },
    { value: 'tinyemail', text: 'tinyemail' },
  ];
  t.strictSame(withAll('All', known), all);
  t.strictSame(withAll('All', known, 'mailup'), all);
});

t.test('a value that is not in the list is added: a link may have it', async (t) => {
  t.strictSame(withAll('All', known, 'gone').at(-1), { value: 'gone', text: 'gone' });
});
