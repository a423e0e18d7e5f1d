import { unusableAnswer } from './unusable-answer.js';

/** Login pages of a network and maintenance pages have status 200. */
export const htmlWith200Refused = unusableAnswer({
  id: 'html-with-200-refused',
  title: 'An HTML page with status 200 is not read as tokens',
  clause: 'RFC 6749 §5.1',
  severity: 'error',
  advice: 'Treat an answer that is no JSON object as a failed exchange, and show a page that says so.',
  what: 'an HTML page with status 200',
  fault: { kind: 'status', status: 200, body: '<!doctype html><title>Sign in</title><p>Sign in to the network.' },
});
