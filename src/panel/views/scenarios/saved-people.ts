import type { ClientDocument, ClientInfo, UserDocument } from '../../../client/index.js';

/** A client as a scenario has it: without what is the default. A public client has no secret. */
export function savedClient({ secret, confidential, redirectUris, ...client }: ClientInfo): ClientDocument {
  const hasSecret = secret !== '';
  return {
    ...client,
    ...(hasSecret ? { secret } : {}),
    ...(redirectUris.length === 0 ? {} : { redirectUris }),
    ...(confidential === hasSecret ? {} : { confidential }),
  };
}

/** A user as a scenario has one: without what is the default. */
export function savedUser({ suspended = false, profile = {}, ...user }: UserDocument): UserDocument {
  return {
    ...user,
    ...(suspended ? { suspended } : {}),
    ...(Object.keys(profile).length === 0 ? {} : { profile }),
  };
}
