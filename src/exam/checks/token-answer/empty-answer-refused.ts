import { unusableAnswer } from './unusable-answer.js';

/** An empty body is no JSON, but some parsers make nothing of it without an error. */
export const emptyAnswerRefused = unusableAnswer({
  id: 'empty-answer-refused',
  title: 'An empty answer is not read as tokens',
  clause: 'RFC 6749 §5.1',
  severity: 'error',
  advice: 'Treat an empty answer as a failed exchange.',
  what: 'an empty answer with status 200',
  fault: { kind: 'status', status: 200, headers: { 'content-type': 'application/json' } },
});
