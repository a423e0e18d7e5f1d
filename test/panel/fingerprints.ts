import t from 'tap';
import { entriesWith, hasFingerprint, piecesOf } from '../../src/panel/journal/fingerprints.js';

const [first, second] = ['fp:0123456789ab', 'fp:ba9876543210'];

void t.test('a text is split at fingerprints, wherever they are', (t) => {
  t.same(piecesOf(''), []);
  t.same(piecesOf('no secret, fp:short'), [{ text: 'no secret, fp:short', isFingerprint: false }]);
  t.same(piecesOf(first), [{ text: first, isFingerprint: true }]);
  t.same(piecesOf(`Basic id:${first}, ${second}${first}.`), [
    { text: 'Basic id:', isFingerprint: false },
    { text: first, isFingerprint: true },
    { text: ', ', isFingerprint: false },
    { text: second, isFingerprint: true },
    { text: first, isFingerprint: true },
    { text: '.', isFingerprint: false },
  ]);
  t.end();
});

void t.test('entries are found by what they contain', (t) => {
  t.ok(hasFingerprint(`a ${first}`));
  t.notOk(hasFingerprint('fp:'));
  const entries = [{ id: 1, code: first }, { id: 2 }, { id: 3, body: { token: first } }];
  t.same(entriesWith(first, entries), [1, 3]);
  t.end();
});
