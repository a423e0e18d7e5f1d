import { unusableAnswer } from './unusable-answer.js';

/** A client that does not check sends the text undefined as its token. */
export const noAccessTokenRefused = unusableAnswer({
  id: 'no-access-token-refused',
  title: 'An answer without access_token is not read as tokens',
  clause: 'RFC 6749 §5.1',
  severity: 'error',
  advice: 'Check that access_token is text and not empty before you keep the answer.',
  what: 'an answer without access_token',
  fault: { kind: 'patch', remove: ['access_token'] },
});
