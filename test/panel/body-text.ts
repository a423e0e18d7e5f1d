import t from 'tap';
import { tooLong } from '../../src/world/journal/recorded-body.js';
import { bodyOf, isLeftOut, missingBody, startOf } from '../../src/panel/views/timeline/entry/body-text.js';

const form = 'application/x-www-form-urlencoded';

void t.test('a body is shown as its type says', (t) => {
  t.same(bodyOf(undefined, form), { kind: 'none' });
  t.same(bodyOf({ a: '1', b: ['2', '3'], c: 4 }, form), {
    kind: 'form',
    members: [
      ['a', '1'],
      ['b', '2'],
      ['b', '3'],
      ['c', '4'],
    ],
  });
  t.same(bodyOf({ a: [1] }, 'application/json'), { kind: 'json', text: '{\n  "a": [\n    1\n  ]\n}' });
  t.same(bodyOf([1], form), { kind: 'json', text: '[\n  1\n]' });
  t.same(bodyOf(null, form), { kind: 'json', text: 'null' });
  t.same(bodyOf('<script>alert(1)</script>', 'text/html'), {
    kind: 'text',
    text: '<script>alert(1)</script>',
    controls: 0,
  });
  t.end();
});

void t.test('control characters of a binary body are shown as pictures', (t) => {
  t.same(bodyOf('a\u0000\n\u001f\u007fé', 'application/octet-stream'), { kind: 'text', text: 'a␀\n␟␡é', controls: 3 });
  t.end();
});

void t.test('the note of the journal about a long body is no body', (t) => {
  const note = tooLong(1_234_567);
  t.ok(isLeftOut(note));
  t.notOk(isLeftOut(`${note} `));
  t.same(bodyOf(note, form), {
    kind: 'left-out',
    note: 'The body has 1,234,567 characters. The journal keeps bodies of up to 65,536.',
  });
  t.end();
});

void t.test('a body that the journal does not have is not shown as none', (t) => {
  t.equal(missingBody({ 'content-length': '12' }), 'The journal does not have the body (12 bytes)');
  t.equal(missingBody({ 'transfer-encoding': 'chunked' }), 'The journal does not have the body');
  t.equal(missingBody({ 'content-length': '0' }), undefined);
  t.equal(missingBody({}), undefined);
  t.end();
});

void t.test('a long text is cut, at the end of a line if one is near', (t) => {
  t.same(startOf('short', 10), { shown: 'short', left: 0 });
  t.same(startOf('12345678901', 10), { shown: '1234567890', left: 1 });
  t.same(startOf('1234567\n901', 10), { shown: '1234567', left: 4 });
  t.same(startOf('1\n345678901', 10), { shown: '1\n34567890', left: 1 });
  t.end();
});
