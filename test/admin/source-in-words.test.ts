import t from 'tap';
import { confidenceInWords, sourceInWords } from '../../src/admin/source-in-words.js';

t.test('source and confidence are told in words', async (t) => {
  t.equal(confidenceInWords('SEEN(d), SEEN(c×10)'), 'documented by the provider; seen in 10 real clients');
  t.equal(confidenceInWords('SEEN(d, old)'), 'documented by the provider in an old version');
  t.equal(confidenceInWords('SEEN(c×1)'), 'seen in 1 real client');
  t.equal(confidenceInWords('SEEN(c×8+)'), 'seen in 8 or more real clients');
  t.equal(confidenceInWords('HEARD'), 'HEARD');
  t.equal(sourceInWords({ source: 'no source', confidence: 'GUESS' }), 'Assumed, without a source');
  t.equal(sourceInWords({ source: 'IIS', confidence: 'INFERRED' }), 'Source: IIS · follows from its framework');
});
