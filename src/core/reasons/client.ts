import { foundElsewhere, row, quote, list, recognized } from './row.js';
import type { Unknown } from './row.js';

/** Says that credentials would be right in a spelling that the policy does not accept. */
const hint = (spelling: string | undefined): string =>
  spelling === undefined ? '' : `; they are right if read as ${spelling}, which the policy basicDecoding excludes`;

/** Reasons of client authentication (RFC 6749 §2.3, §5.2). */
export const clientReasons = {
  'client.missing': row(
    401,
    'invalid_client',
    'No client authentication was included.',
    (f: { elsewhere: readonly string[] }) => `no client authentication was sent${foundElsewhere(f.elsewhere)}`,
  ),
  'client.unknown': row(
    401,
    'invalid_client',
    'The client is unknown.',
    (f: { clientId: string; method: string; known: readonly string[]; otherwise?: string | undefined }) =>
      `client ${quote(f.clientId)}, sent by ${f.method}, is not registered; registered: ${list(f.known)}` +
      hint(f.otherwise),
  ),
  'client.secret-missing': row(
    401,
    'invalid_client',
    'The client did not authenticate.',
    (f: { clientId: string }) => `client ${quote(f.clientId)} is confidential and sent no secret`,
  ),
  'client.secret-wrong': row(
    401,
    'invalid_client',
    'Client authentication failed.',
    (f: Unknown & { clientId: string; method: string; otherwise?: string | undefined }) =>
      `the secret sent by ${f.method} is not the secret of client ${quote(f.clientId)}` +
      hint(f.otherwise) +
      recognized(f),
  ),
  'client.secret-unknown': row(
    401,
    'invalid_client',
    'Client authentication failed.',
    // the journal hides what a fact calls a secret, in the header too
    (f: Unknown & { method: string; secret: string | undefined }) =>
      `no client has the secret that was sent by ${f.method}${recognized(f)}`,
  ),
  'client.ids-differ': row(
    401,
    'invalid_client',
    'The parameter client_id names another client than the Basic header.',
    (f: { inParameters: string; inBasic: string }) =>
      `client ${quote(f.inParameters)} authenticated by parameters, and client ${quote(f.inBasic)} by Basic`,
  ),
  'client.credentials-twice': row(
    400,
    'invalid_request',
    'More than one way of client authentication was used.',
    (f: { methods: readonly string[]; same: boolean }) =>
      `credentials were sent by ${f.methods.join(' and by ')}${f.same ? '' : ', and they differ'}; ` +
      'RFC 6749 §2.3 allows one method per request',
  ),
} as const;
