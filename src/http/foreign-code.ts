import { approve } from '../core/authorize.js';
import { base64url } from '../providers/text.js';
import type { FastifyRequest } from 'fastify';
import type { AuthorizationCode, CodeChallenge } from '../core/model.js';

/**
 * What an attacker puts in place of a code: a good one of his own, of the same client (RFC 9700 §4.5). It is bound to
 * another person where there is one, and to the verifier of another browser.
 */
export function foreignCode({ realm, world }: Pick<FastifyRequest, 'realm' | 'world'>, code: string): string {
  const own = realm.codes.get(code);
  const client = realm.clients.get(own?.grant.clientId ?? '');
  const people = [...realm.users.values()];
  const stranger = people.find(({ id }) => id !== own?.grant.userId) ?? people[0];
  if (own === undefined || client === undefined || stranger === undefined) return code;

  const { redirectUri, redirectUriSent, grant } = own;
  const answer = approve(realm, { client, redirectUri, redirectUriSent, state: undefined, scopes: grant.scopes, challenge: otherChallenge(own, world) }, stranger);
  return 'code' in answer ? answer.code.code : code;
}

function otherChallenge({ challenge }: AuthorizationCode, world: FastifyRequest['world']): CodeChallenge | undefined {
  return challenge === undefined ? undefined : { method: 'S256', value: base64url(world.random('faults'), 32) };
}
