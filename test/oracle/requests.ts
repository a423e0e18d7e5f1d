import { createHash } from 'node:crypto';
import { credentials, owner, uriOf } from './wire.js';
import { pairOf } from './dotted-sign.js';
import type { DottedSign, Pair } from './dotted-sign.js';
import type { Parameters } from './wire.js';

/** The credentials of the client `app`. */
export const app = credentials('app');

/** The redirect URI of the client `app`. */
export const callback = uriOf('app') ?? '';

/** A request for a token by client credentials, without the client. */
export const clientCredentials = { grant_type: 'client_credentials', scope: 'sign_tasks.general.read' };

/** A request for a token by password, without the client. */
export const passwordGrant = { grant_type: 'password', email: owner.username, password: owner.password };

/** The exchange of a code of the client `app`. */
export function exchange(code: string | undefined, more: Parameters = {}): Parameters {
  return { grant_type: 'authorization_code', code, redirect_uri: callback, ...app, ...more };
}

/** An authorization of the client `app`. */
export const authorization = {
  response_type: 'code',
  client_id: 'app',
  redirect_uri: callback,
  scope: 'files.general.read',
  state: 'st',
};

/** Two scopes. */
export const both = 'sign_tasks.general.read files.general.read';

export const verifier = 'a'.repeat(43);
export const s256 = (text: string): string => createHash('sha256').update(text).digest('base64url');
export const S256 = { code_challenge: s256(verifier), code_challenge_method: 'S256' };
export const plain = { code_challenge: verifier, code_challenge_method: 'plain' };

/** Gets tokens for the public client. */
export async function publicPair(server: DottedSign): Promise<Pair> {
  const code = await server.code({ client: 'public' });
  const redirect_uri = uriOf('public');
  return pairOf(await server.token({ grant_type: 'authorization_code', code, redirect_uri, client_id: 'public' }));
}
