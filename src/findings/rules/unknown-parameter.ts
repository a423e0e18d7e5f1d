import { distance } from 'fastest-levenshtein';
import { parameterSteps } from '../../core/parameter-rules.js';
import { ownParameterNames } from '../../core/step-parameters.js';
import { defineRule } from '../rule.js';
import { isEscapedName } from './html-escaped-parameters.js';
import type { Proof } from '../rule.js';
import type { ObservedRequest } from '../observed-request.js';

/**
 * Parameters of authorization and token requests: RFC 6749, 6750, 7521, 7636, 8628, 8693, 8707, 9101, 9396, 9449 and
 * OpenID Connect.
 */
const known = new Set([
  'access_token',
  'acr_values',
  'actor_token',
  'actor_token_type',
  'assertion',
  'audience',
  'authorization_details',
  'claims',
  'client_assertion',
  'client_assertion_type',
  'client_id',
  'client_secret',
  'code',
  'code_challenge',
  'code_challenge_method',
  'code_verifier',
  'device_code',
  'display',
  'dpop_jkt',
  'error',
  'error_description',
  'grant_type',
  'id_token_hint',
  'login_hint',
  'max_age',
  'nonce',
  'password',
  'prompt',
  'redirect_uri',
  'refresh_token',
  'request',
  'request_uri',
  'requested_token_type',
  'resource',
  'response_mode',
  'response_type',
  'scope',
  'state',
  'subject_token',
  'subject_token_type',
  'ui_locales',
  'username',
]);

export const unknownParameter = defineRule({
  id: 'unknown-parameter',
  severity: 'warning',
  verdict: 'A request has a parameter that neither the standards nor the provider define. The provider ignored it.',
  clause: 'RFC 6749 §3.1, §3.2',
  advice: 'Remove the parameter, or correct its name.',
  spares:
    'A note if the name is not similar to a known parameter: servers must ignore unknown parameters (RFC 6749 ' +
    '§3.1). Of one request, the first 20 names are reported.',
  *judge({ flows, all }) {
    for (const { request } of flows) yield* proofsOf(request);
    for (const seen of all) if (seen.entry.endpoint === 'token') yield* proofsOf(seen);
  },
});

/** Maximum number of names of one request that are reported: a body can have thousands. */
const mostNames = 20;

function* proofsOf(seen: ObservedRequest): Iterable<Proof> {
  const names = new Set([...seen.query.keys(), ...seen.form.keys()]);
  names.delete(seen.policy.passwordGrantUsername);
  for (const step of parameterSteps) for (const name of ownParameterNames(seen.realm, step)) names.delete(name);
  const unknown = [...names].filter((name) => !known.has(name) && !isEscapedName(name));
  for (const name of unknown.slice(0, mostNames)) yield proofOf(seen, name);
}

function proofOf(seen: ObservedRequest, name: string): Proof {
  const spelled = name.toLowerCase().replaceAll('-', '_');
  const meant = [...known].find((each) => isMisspelling(spelled, each));
  const shown = JSON.stringify(name);
  return {
    by: [seen],
    severity: meant === undefined ? 'note' : 'warning',
    says: `The ${seen.entry.endpoint} request has ${shown}${meant === undefined ? '' : `; did it mean ${meant}?`}`,
  };
}

/**
 * Whether a name is a misspelling of another. In short words a different letter makes a different word (mode, code), so
 * only a missing letter counts.
 */
function isMisspelling(name: string, meant: string): boolean {
  if (Math.abs(meant.length - name.length) > 2) return false;
  const wrong = distance(meant, name);
  if (name.length < 5) return name.length === 4 && wrong === 1 && meant.length === 5;
  return wrong <= (name.length < 8 ? 1 : 2);
}
