import { usableAnswer } from './usable-answer.js';

/** PHP and many gateways write numbers as text. */
export const expiresInAsText = usableAnswer({
  id: 'expires-in-as-text',
  title: 'A lifetime that is written as text is accepted',
  clause: 'RFC 6749 §5.1, Appendix A.14',
  severity: 'warning',
  advice: 'Convert expires_in to a number before you use it.',
  what: 'an expires_in that is text',
  fault: { kind: 'patch', set: { expires_in: '3600' } },
  mayRefuse: true,
});
