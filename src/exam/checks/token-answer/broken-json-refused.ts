import { unusableAnswer } from './unusable-answer.js';

/** A parser that throws in a callback can end the whole application. */
export const brokenJsonRefused = unusableAnswer({
  id: 'broken-json-refused',
  title: 'An answer that is no valid JSON is not read as tokens',
  clause: 'RFC 6749 §5.1, RFC 8259 §2',
  severity: 'error',
  advice: 'Catch the error of the JSON parser, and show a page that says that the exchange failed.',
  what: 'broken JSON',
  fault: {
    kind: 'status',
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: '{"access_token":,"token_type":"Bearer","expires_in":3600}',
  },
});
