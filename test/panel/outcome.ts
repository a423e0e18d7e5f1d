import t from 'tap';
import { outcomeOf, outcomeWords, outcomes, worstOf } from '../../src/panel/journal/outcome.js';
import { rowOf } from './rows-of.js';

t.test('the outcome of a request follows from its end, its fault, its status and its reason', (t) => {
  t.equal(outcomeOf(rowOf(1)), 'answered');
  t.equal(outcomeOf(rowOf(1, { durationMs: undefined, status: undefined })), 'in-progress');
  t.equal(outcomeOf(rowOf(1, { fault: { id: 'a', kind: 'status' }, status: 503 })), 'fault');
  t.equal(outcomeOf(rowOf(1, { fault: { id: 'a', kind: 'pass' } })), 'answered', 'pass changes nothing');
  t.equal(outcomeOf(rowOf(1, { status: undefined })), 'no-answer');
  t.equal(outcomeOf(rowOf(1, { status: 500, reason: 'server.failed' })), 'server-error');
  t.equal(outcomeOf(rowOf(1, { status: 302, reason: 'authorize.denied' })), 'refused', 'by a redirect');
  t.equal(outcomeOf(rowOf(1, { status: 404 })), 'refused');
  t.end();
});

t.test('the worst outcome of several is the last in the order', (t) => {
  const none = { answered: 0, 'in-progress': 0, refused: 0, fault: 0, 'no-answer': 0, 'server-error': 0 };
  t.equal(worstOf(none), 'answered');
  t.equal(worstOf({ ...none, answered: 9, refused: 2, 'in-progress': 1 }), 'refused');
  t.equal(worstOf({ ...none, refused: 2, 'server-error': 1 }), 'server-error');
  t.same(Object.keys(outcomeWords), outcomes, 'each has a word');
  t.end();
});
