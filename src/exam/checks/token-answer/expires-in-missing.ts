import { usableAnswer } from './usable-answer.js';

/** The lifetime is recommended, not required. */
export const expiresInMissing = usableAnswer({
  id: 'expires-in-missing',
  title: 'An answer without a lifetime is accepted',
  clause: 'RFC 6749 §5.1',
  severity: 'error',
  advice: 'Treat a missing expires_in as an unknown lifetime: use the token until the API refuses it.',
  what: 'an answer without expires_in',
  fault: { kind: 'patch', remove: ['expires_in'] },
});
