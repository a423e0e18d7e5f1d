import { basicCredentials, decodeBasic } from '../../input/authorization-header.js';
import { describeNothing, describePlaceholder } from '../../world/journal/words-for-nothing.js';
import { isApiCall } from '../evidence.js';
import { defineRule } from '../rule.js';
import type { Proof } from '../rule.js';
import type { ObservedRequest } from '../observed-request.js';

/** Parameters that have a value of their own in each client, so that a word such as `undefined` is none. */
const parameters = [
  'client_id',
  'client_secret',
  'code',
  'code_challenge',
  'code_verifier',
  'redirect_uri',
  'refresh_token',
  'state',
  'token',
] as const;

export const undefinedValue = defineRule({
  id: 'undefined-value',
  severity: 'error',
  verdict: 'A request has a word such as undefined or null, or a placeholder, where a value belongs.',
  clause: 'RFC 6749 §3.1, §3.2; RFC 6750 §2.1',
  advice: 'Find out why the client has no value there, and stop before the request if one is missing.',
  spares:
    'An error for a state without PKCE, because it protects nothing. A warning for other values: the provider ' +
    'refuses most of them.',
  judge: ({ all }) => all.flatMap(proofsOf),
});

function proofsOf(seen: ObservedRequest): Proof[] {
  return valuesOf(seen).flatMap(([name, value]) => {
    const nothing = value === undefined ? undefined : nothingIn(value);
    if (nothing === undefined) return [];
    const severity = name === 'state' && isUnprotected(seen) ? 'error' : 'warning';
    return [{ by: [seen], severity, says: `The value of ${name} is ${nothing}.` } as const];
  });
}

/** What a value is, if it is a word for nothing or a placeholder. */
export const nothingIn = (value: string): string | undefined => describeNothing(value) ?? describePlaceholder(value);

function valuesOf(seen: ObservedRequest): (readonly [name: string, value: string | undefined])[] {
  const { entry, bearer } = seen;
  const token = ['the access token', bearer?.token] as const;
  // the parameters of an API are its own
  if (isApiCall(entry)) return [token];
  if (!['authorize', 'token', 'revoke', 'introspect'].includes(entry.endpoint)) return [];
  return [token, ...parameters.map((name) => [name, seen.parameter(name)] as const), ...basicOf(seen)];
}

function basicOf(seen: ObservedRequest): (readonly [name: string, value: string | undefined])[] {
  const credentials = basicCredentials(seen.header('authorization') ?? '');
  if (credentials === undefined || /\s/.test(credentials)) return [];
  const { id, secret } = decodeBasic(credentials);
  return [
    ['the client id in the Basic header', id],
    ['the secret in the Basic header', secret],
  ];
}

const isUnprotected = (seen: ObservedRequest): boolean =>
  seen.policy.echoState && (seen.parameter('code_challenge') === undefined || seen.policy.pkce === 'ignored');
