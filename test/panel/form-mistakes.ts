import t from 'tap';
import { ApiError } from '../../src/panel/api/api-error.js';
import { formMistakes } from '../../src/panel/parts/form-mistakes.js';

const refused = (...errors: { path: string; message: string }[]): ApiError =>
  new ApiError(400, { title: 'Invalid request', detail: 'by expected: a duration', errors });
const labels = { by: 'Forward by', match: 'Requests', 'match.path': 'Path', scopes: 'Scopes' };

t.test('a mistake is said at its field, with the label of the field', async (t) => {
  const { at, rest } = formMistakes(refused({ path: 'by', message: 'expected: a duration, got "soon"' }), labels);
  t.equal(at('by'), 'Forward by: expected a duration, got "soon".');
  t.equal(at('scopes'), undefined);
  t.equal(at('scopes', 'by'), at('by'), 'a field can fill several members');
  t.equal(rest, undefined, 'it is not said a second time');
});

t.test('the field of the nearest member has the mistake', async (t) => {
  const { at } = formMistakes(
    refused({ path: 'match.path', message: 'is empty' }, { path: 'match.query.a', message: 'did you mean "b"?' }),
    labels,
  );
  t.equal(at('match.path'), 'Path: is empty.');
  t.equal(at('match'), 'Requests, query, a: did you mean "b"?');
});

t.test('an item of a list is counted from one', async (t) => {
  const { at } = formMistakes(refused({ path: 'scopes.1', message: 'is unknown' }), labels);
  t.equal(at('scopes'), 'Scopes, item 2: is unknown.');
});

t.test('what belongs to no field is left for the note', async (t) => {
  const whole = new ApiError(409, { detail: 'Nothing expires.' });
  t.equal(formMistakes(whole, labels).rest, whole);
  const other = { path: 'byte', message: 'is not a member here' };
  const { rest } = formMistakes(refused({ path: 'by', message: 'is required' }, other), labels);
  t.match(rest, { status: 400, message: 'Invalid request', mistakes: [other] });
  const { at, rest: none } = formMistakes(undefined, labels);
  t.equal(at('by'), undefined);
  t.equal(none, undefined);
  t.equal(
    formMistakes(undefined, labels, [{ path: 'by', message: 'is not JSON' }]).at('by'),
    'Forward by: is not JSON.',
  );
});

t.test('of a message only the long texts that it quotes are cut', async (t) => {
  const told = (detail: string): string => new ApiError(400, { detail }).message;
  const plain = 'The providers of this server are mailup, tinyemail and dottedsign, and nothing else.';
  t.equal(told(`There is no provider "nope". ${plain}`), `There is no provider "nope". ${plain}`);
  t.equal(
    told(`"${'x'.repeat(61)}" is no "name". ${plain} "${'y'.repeat(60)}"`),
    `"${'x'.repeat(60)}…" is no "name". ${plain} "${'y'.repeat(60)}"`,
  );
  t.equal(told(`got ${JSON.stringify('say "a"')}. ${plain}`), `got "say \\"a\\"". ${plain}`, 'quoted as JSON');
  t.equal(told(`got "${'x'.repeat(70)}`), `got "${'x'.repeat(60)}…"`, 'the server cut it');
});
