import { unusableAnswer } from './unusable-answer.js';

/** Who does not look sends the word undefined as a token. */
export const noAccessTokenRefused = unusableAnswer({
  id: 'no-access-token-refused',
  title: 'An answer without access_token is not taken for tokens',
  clause: 'RFC 6749 §5.1',
  severity: 'error',
  advice: 'Check that access_token is text and not empty before you keep the answer.',
  what: 'an answer without access_token',
  fault: { kind: 'patch', remove: ['access_token'] },
});
