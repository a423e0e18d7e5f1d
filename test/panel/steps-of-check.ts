import t from 'tap';
import { stepsOfCheck } from '../../src/panel/views/exam/steps-of-check.js';
import type { ExamRequest } from '../../src/client/index.js';

/** How the answer to a request is drawn. */
function answerTo(changes: Partial<ExamRequest>): unknown {
  const request = { entry: 1, afterMs: 0, endpoint: 'token', method: 'POST', path: '/token', query: {}, ...changes };
  const [, answer] = stepsOfCheck([request]);
  return answer;
}

t.test('the diagram of a check draws an answer as the diagram of the journal does', async (t) => {
  t.match(answerTo({ status: 200 }), { label: '200', outcome: 'ok', isLost: false });
  t.match(answerTo({ status: 400 }), { label: '400', outcome: 'refused' });
  t.match(answerTo({ status: 503 }), { label: '503', outcome: 'failed' });
  t.match(answerTo({}), { label: 'no answer', outcome: 'failed', isLost: true });
  t.match(answerTo({ status: 503, fault: 'status' }), { label: '503 · fault status', outcome: 'fault' });
});
