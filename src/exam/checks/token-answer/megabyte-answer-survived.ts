import { unusableAnswer } from './unusable-answer.js';

/** A client may read a large answer, or refuse it. */
export const megabyteAnswerSurvived = unusableAnswer({
  id: 'megabyte-answer-survived',
  title: 'An answer of a megabyte does no harm',
  clause: 'RFC 6749 §5.1',
  severity: 'warning',
  advice: 'Limit the size of an answer that you read, and treat a larger one as a failed exchange.',
  what: 'an answer of one megabyte',
  fault: { kind: 'patch', set: { padding: 'x'.repeat(1_000_000) } },
});
