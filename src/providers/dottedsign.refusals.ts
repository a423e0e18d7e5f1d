import { errorTriple } from './dottedsign.errors.js';
import { bearerChallenge, errorMembers, json } from './standard.js';
import type { Refusal, WireAnswer } from './provider.js';

/** Refusals of the token endpoint and its neighbours: Doorkeeper's ErrorResponse, with DottedSign's members. */
export function tokenRefusal(refusal: Refusal): WireAnswer {
  if (refusal.reason === 'request.method-not-allowed') return emptyHtml(404);
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'cache-control': 'no-store',
    'www-authenticate': bearerChallenge('Doorkeeper', refusal),
  };
  // Token info and introspection refuse an access token here.
  if (refusal.error === 'invalid_token') {
    return json(refusal.status, headers, {
      ...errorMembers(refusal),
      state: 'unauthorized',
      app_code: 4000,
      ...errorTriple({ error: refusal.error, code: 400_002 }),
    });
  }
  return json(refusal.status, headers, { ...errorMembers(refusal), state: refusal.state, ...errorTriple(refusal) });
}

/** An answer of Rails without a body. */
export const emptyHtml = (status: number): WireAnswer => ({
  status,
  headers: { 'content-type': 'text/html; charset=utf-8' },
  body: '',
});
