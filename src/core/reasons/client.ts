import { row, quote, list } from './row.js';

/** Reasons of client authentication (RFC 6749 §2.3, §5.2). */
export const clientReasons = {
  'client.missing': row(
    401,
    'invalid_client',
    'No client authentication was included.',
    (f: { elsewhere: readonly string[] }) =>
      'no client authentication was sent' +
      (f.elsewhere.length > 0 ? ` where it is looked for; found, and not read: ${f.elsewhere.join(', ')}` : ''),
  ),
  'client.unknown': row(
    401,
    'invalid_client',
    'The client is unknown.',
    (f: { clientId: string; method: string; known: readonly string[] }) =>
      `no client ${quote(f.clientId)}, which came by ${f.method}, is registered; registered: ${list(f.known)}`,
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
    (f: { clientId: string; method: string }) =>
      `the secret that came by ${f.method} is not the one of client ${quote(f.clientId)}`,
  ),
  'client.credentials-twice': row(
    400,
    'invalid_request',
    'More than one way of client authentication was used.',
    (f: { methods: readonly string[]; same: boolean }) =>
      `credentials came by ${f.methods.join(' and by ')}${f.same ? '' : ', and they differ'}; ` +
      'RFC 6749 §2.3 allows one way a request',
  ),
} as const;
