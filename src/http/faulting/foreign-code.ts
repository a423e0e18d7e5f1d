import { base64url } from '../../providers/text.js';
import type { FastifyRequest } from 'fastify';
import type { AuthorizationCode } from '../../core/model.js';

/**
 * A valid code of another authorization of the same client, as in a code injection attack (RFC 9700 §4.5). It belongs
 * to another user if the realm has one, and to another PKCE challenge if the code has one.
 */
export function foreignCode({ realm, world }: Pick<FastifyRequest, 'realm' | 'world'>, code: string): string {
  const own = realm.codes.get(code);
  // not a code of this realm: the redirect_uri may have a parameter `code` in its own query
  if (own === undefined) return code;
  const otherUser = [...realm.users.keys()].find((id) => id !== own.grant.userId) ?? own.grant.userId;
  const foreign: AuthorizationCode = {
    ...own,
    code: realm.generate.code(),
    grant: { ...own.grant, id: realm.generate.id(), userId: otherUser },
    challenge: own.challenge && { method: 'S256', value: base64url(world.random('faults'), 32) },
  };
  realm.codes.set(foreign.code, foreign);
  return foreign.code;
}
