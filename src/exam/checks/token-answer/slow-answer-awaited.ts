import { usableAnswer } from './usable-answer.js';

/** The code is spent when the answer comes. A client that gives up early has lost it. */
export const slowAnswerAwaited = usableAnswer({
  id: 'slow-answer-awaited',
  title: 'An answer that takes half a second is awaited',
  clause: 'RFC 6749 §4.1.2',
  severity: 'warning',
  advice: 'Give the token endpoint at least some seconds: a code that was sent cannot be sent again.',
  what: 'the right answer after 0.6 seconds',
  fault: { kind: 'delay', for: '600ms' },
});
