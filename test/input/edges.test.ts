import { Type } from 'typebox';
import t from 'tap';
import { didYouMean, suggest } from '../../src/input/did-you-mean.js';
import { makeCheck } from '../../src/input/validate.js';

t.test('a text of more than 200 letters is no misspelt word', async (t) => {
  t.equal(didYouMean('x'.repeat(300), ['y']), '');
  t.equal(suggest('x'.repeat(300), ['y']), '; known: y');
});

t.test('an error of a format is not taken for a mistake of the document', async (t) => {
  const check = makeCheck({
    broken: {
      mistake() {
        throw new Error('broken');
      },
    },
  });
  t.throws(() => check(Type.String({ format: 'broken' }), 'x'), { message: 'broken' });
});
