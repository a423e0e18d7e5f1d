import { dottedsignErrors, errorTriple } from './dottedsign.errors.js';
import { bearerChallenge, errorMembers, json } from './standard.js';
import { railsServerError } from './rails.js';
import { emptyHtml } from './rails-formats.js';
import type { Refusal, RequestSeen, WireAnswer } from './provider.js';

const type = { 'content-type': 'application/json; charset=utf-8' };

/** Refusals of the token endpoint and its neighbours: Doorkeeper's ErrorResponse, with DottedSign's members. */
export function tokenRefusal(refusal: Refusal): WireAnswer {
  // Doorkeeper renders this one without the headers of an error
  if (refusal.reason === 'revoke.unauthorized') return json(refusal.status, type, errorMembers(refusal));
  const headers = {
    ...type,
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
  const members = { ...errorMembers(refusal), state: refusal.state, ...errorTriple(refusal) };
  const plain = json(refusal.status, headers, members);
  const answer = refusal.state === undefined ? plain : escaped(plain);
  // Doorkeeper raises the errors that return state. It answers without rendering then, so no format was negotiated
  const isRaised = dottedsignErrors[refusal.reason]?.echoesState === true;
  return isRaised ? { ...answer, layer: 'controller' } : answer;
}

/** Characters that ActiveSupport escapes in JSON. Only `state` can have them. */
const escaped = (answer: WireAnswer): WireAnswer => ({
  ...answer,
  body: answer.body.replaceAll(
    /[<>&\u2028\u2029]/g,
    (each) => `\\u${each.charCodeAt(0).toString(16).padStart(4, '0')}`,
  ),
});

/** What Rails answers before Doorkeeper or DottedSign's own code runs. */
export function serverRefusal({ reason, status }: Refusal, request: RequestSeen): WireAnswer | undefined {
  // Rails reads no header Accept if that or the Content-Type is broken
  if (malformed.test(reason)) return emptyHtml(status);
  if (unreadable.test(reason)) return railsServerError(status, request, false);
  return unrouted.test(reason) ? railsServerError(status, request, true) : undefined;
}

const malformed = /^request\.(?:accept|content-type)-malformed$/;
const unreadable = /^request\.(?:body-malformed|parameter-malformed)$/;
const unrouted = /^(?:request\.(?:path-unknown|path-malformed|method-not-allowed)|resource\.unknown)$/;
