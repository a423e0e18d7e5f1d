import t from 'tap';
import { kinds } from '../../src/faults/kinds/index.js';
import { faultKinds } from '../../src/panel/fault-kinds.js';
import { sentence } from '../../src/panel/journal/sentence.js';
import { rowOf } from './rows-of.js';
import type { Row } from '../../src/panel/journal/row.js';

type Members = Parameters<typeof rowOf>[1];
const said = (more: Members): string => sentence(rowOf(5, more));
const post: Row['request'] = { method: 'POST', path: '/x' };

t.test('a refusal is told by its explanation', (t) => {
  t.equal(
    said({ status: 400, reason: 'code.unknown', explanation: 'the code is not known' }),
    'The code is not known.',
  );
  t.equal(said({ status: 400, explanation: 'client_id was not sent' }), 'client_id was not sent.', 'a name stays');
  t.equal(said({ status: 400, explanation: 'the end. ' }), 'The end.', 'one full stop');
  t.equal(said({ status: 400, explanation: '"x" is odd' }), '"x" is odd.');
  t.equal(said({ status: 400, reason: 'bearer.insufficient-scope' }), 'Refused: bearer insufficient scope.');
  t.equal(said({ status: 400, explanation: '', reason: 'code.missing' }), 'Refused: code missing.');
  t.equal(said({ status: 404 }), 'Nothing was found at this path.');
  t.equal(said({ status: 405 }), 'Answered with status 405.');
  t.end();
});

t.test('times of the same day are told without the date', (t) => {
  const explanation = 'the code expired at 2026-11-21T11:50:00.123Z, issued at 2026-11-20T10:00:00Z';
  t.equal(said({ status: 400, explanation }), 'The code expired at 11:50:00.123, issued at 2026-11-20T10:00:00Z.');
  t.end();
});

t.test('an accepted request is told by what it did', (t) => {
  t.equal(said({}), 'API call answered.');
  t.equal(said({ endpoint: 'token', grantType: 'authorization_code' }), 'Tokens issued for the code.');
  t.equal(said({ endpoint: 'token', grantType: 'refresh_token' }), 'Tokens refreshed.');
  t.equal(said({ endpoint: 'token', grantType: 'password' }), 'Tokens issued for the password.');
  t.equal(said({ endpoint: 'token', grantType: 'client_credentials' }), 'Token issued to the client itself.');
  t.equal(said({ endpoint: 'token' }), 'Token request answered.');
  t.equal(said({ endpoint: 'authorize', status: 302 }), 'Sent to the login page.');
  t.equal(said({ endpoint: 'authorize', status: 302, userId: 'ada' }), 'Sent back to the client with a code.');
  t.equal(said({ endpoint: 'authorize', status: 303, userId: 'ada' }), 'User recognized and sent on.');
  t.equal(said({ endpoint: 'authorize' }), 'Authorization request answered.');
  t.equal(said({ endpoint: 'login' }), 'Login page shown.');
  t.equal(said({ endpoint: 'login', request: { method: 'HEAD', path: '/' } }), 'Login page shown.');
  t.equal(said({ endpoint: 'login', request: post, status: 303 }), 'Logged in.');
  t.equal(said({ endpoint: 'login', request: post }), 'Login form sent.');
  t.equal(said({ endpoint: 'consent' }), 'Consent page shown.');
  t.equal(said({ endpoint: 'consent', request: post, status: 302 }), 'Sent back to the client with a code.');
  t.equal(said({ endpoint: 'revoke' }), 'Revocation accepted.');
  t.equal(said({ endpoint: 'introspect' }), 'Token described.');
  t.equal(said({ endpoint: 'other' }), 'Request answered.');
  t.equal(said({ request: { method: 'OPTIONS', path: '/' } }), 'Preflight of a browser answered.');
  t.end();
});

t.test('a request without an answer says so', (t) => {
  t.equal(said({ durationMs: undefined, status: undefined }), 'The answer has not been sent yet.');
  t.equal(said({ status: undefined }), 'The connection was closed before an answer.');
  t.end();
});

t.test('a fault takes the place of the sentence, or ends it', (t) => {
  const fault = (kind: string): { readonly id: string; readonly kind: string } => ({ id: 'one', kind });
  t.equal(said({ fault: fault('status'), status: 503 }), 'A fault answered in place of the provider.');
  t.equal(
    said({ fault: fault('drop'), status: undefined, endpoint: 'token', grantType: 'refresh_token' }),
    'Tokens refreshed, but a fault lost the answer.',
  );
  t.equal(
    said({ fault: fault('drop'), status: undefined, endpoint: 'authorize' }),
    'Authorization requested, but a fault lost the answer.',
  );
  t.equal(said({ fault: fault('pass') }), 'API call answered.');
  t.equal(
    said({ fault: fault('of-tomorrow') }),
    'API call answered, but a fault of the kind of-tomorrow applied.',
    'an unknown kind',
  );
  t.same(
    [...faultKinds.keys()],
    kinds.map(({ name }) => name),
    'the panel knows each kind',
  );
  for (const [kind, { instead, but }] of faultKinds) {
    t.equal([instead, but].filter(Boolean).length, kind === 'pass' ? 0 : 1, `${String(kind)} has one sentence`);
  }
  for (const { name, schema } of kinds) {
    const isBare = faultKinds.get(name)!.isBare === true;
    if (isBare) t.match(schema, { required: ['kind'] }, `${name} needs no parameter`);
  }
  t.end();
});
