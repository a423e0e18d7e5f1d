import { unusableAnswer } from './unusable-answer.js';

/** A part of a token looks like a token. */
export const truncatedAnswerRefused = unusableAnswer({
  id: 'truncated-answer-refused',
  title: 'A part of an answer is not read as tokens',
  clause: 'RFC 9112 §8',
  severity: 'error',
  advice: 'Treat a body that is shorter than its Content-Length as a failed exchange.',
  what: 'the first characters of the answer',
  fault: { kind: 'truncate', at: 20 },
});
