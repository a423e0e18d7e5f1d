import { usableAnswer } from './usable-answer.js';

/** Providers write Bearer, bearer and BEARER. */
export const tokenTypeAnyCase = usableAnswer({
  id: 'token-type-any-case',
  title: 'The token type is read without regard to letter case',
  clause: 'RFC 6749 §5.1',
  severity: 'error',
  advice: 'Compare token_type with bearer after both are in lower case.',
  what: 'the token type BEARER',
  fault: { kind: 'patch', set: { token_type: 'BEARER' } },
});
