import { unusableAnswer } from './unusable-answer.js';

/** Some providers and gateways report errors with status 200. */
export const errorWith200Refused = unusableAnswer({
  id: 'error-with-200-refused',
  title: 'An error with status 200 is not read as tokens',
  clause: 'RFC 6749 §5.1, §5.2',
  severity: 'error',
  advice: 'Look for access_token and for error in the answer, not only at its status.',
  what: 'an error with status 200',
  fault: { kind: 'status', status: 200, body: { error: 'invalid_grant', error_description: 'The code has expired.' } },
});
