import { defined } from '../../parts/defined.js';
import type { ClientDocument, ClientInfo, UserDocument } from '../../../client/index.js';

/** A list or an object, unless it is empty. */
export const filled = <T extends object>(value: T | undefined): T | undefined =>
  value === undefined || Object.keys(value).length === 0 ? undefined : value;

/** A client as a scenario has it: without what is the default. A public client has no secret. */
export function savedClient({ secret, confidential, redirectUris, ...client }: ClientInfo): ClientDocument {
  return {
    ...client,
    ...defined({
      secret: secret || undefined,
      redirectUris: filled(redirectUris),
      confidential: confidential === (secret !== '') ? undefined : confidential,
    }),
  };
}

/** A user as a scenario has one: without what is the default. */
export function savedUser({ suspended = false, profile = {}, ...user }: UserDocument): UserDocument {
  return {
    ...user,
    ...defined({ suspended: suspended || undefined, profile: filled(profile) }),
  };
}
