import type { Resource, ResourceRequest } from './provider.js';

/** Who is who: the user and the client of the access token. */
function me({ user, access }: ResourceRequest): Record<string, unknown> {
  const about = user === undefined ? {} : { id: user.id, username: user.username, name: user.name };
  const token = { client_id: access?.token.grant.clientId, scope: access?.token.scopes.join(' ') };
  // not a literal: V8 is slow with members after a spread
  return Object.assign(about, user?.profile, token);
}

/** The API of the provider `standard`: a call that every token may make, and one that needs a scope. */
export const standardResources: readonly Resource[] = [
  { method: 'GET', path: '/me', answer: (request) => ({ body: me(request) }) },
  {
    method: 'GET',
    path: '/me/email',
    scopes: ['email'],
    answer: ({ user }) => ({ body: { email: user?.profile.email ?? user?.username ?? null } }),
  },
];
