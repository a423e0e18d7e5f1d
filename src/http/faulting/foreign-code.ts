import { base64url } from '../../providers/text.js';
import type { FastifyRequest } from 'fastify';
import type { AuthorizationCode } from '../../core/model.js';

/**
 * What an attacker puts in place of a code: a good one of his own, of the same client (RFC 9700 §4.5). It is bound to
 * another person where there is one, and to the verifier of another browser.
 */
export function foreignCode({ realm, world }: Pick<FastifyRequest, 'realm' | 'world'>, code: string): string {
  const own = realm.codes.get(code);
  // a redirect_uri may have a parameter of this name in its own query
  if (own === undefined) return code;
  const stranger = [...realm.users.keys()].find((id) => id !== own.grant.userId) ?? own.grant.userId;
  const foreign: AuthorizationCode = {
    ...own,
    code: realm.generate.code(),
    grant: { ...own.grant, id: realm.generate.id(), userId: stranger },
    challenge: own.challenge && { method: 'S256', value: base64url(world.random('faults'), 32) },
  };
  realm.codes.set(foreign.code, foreign);
  return foreign.code;
}
