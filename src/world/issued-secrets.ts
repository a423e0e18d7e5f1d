import type { Realm } from '../core/realm.js';
import type { RealmDocument } from './scenario/schema/scenario.js';

/** Whether a realm issued a value as a token, code or session. */
export function isIssuedBy({ accessTokens, refreshTokens, codes, sessions }: Realm, value: string): boolean {
  return accessTokens.has(value) || refreshTokens.has(value) || codes.has(value) || sessions.has(value);
}

/** The password of users whose document gives none. The documentation tells it, so it is no secret. */
const publishedPassword = 'understudy';

/** The secrets of clients and the passwords of users: of an open realm, or of the document of one. */
export function* registeredSecretsOf({ clients, users }: Registered): Iterable<string> {
  for (const { secret } of clients) if (secret !== undefined && secret !== '') yield secret;
  for (const { password } of users) if (password !== undefined && password !== publishedPassword) yield password;
}

/** Clients and users, as far as they have secrets. */
export interface Registered {
  readonly clients: Iterable<{ readonly secret?: string | undefined }>;
  readonly users: Iterable<{ readonly password?: string | undefined }>;
}

/** What a realm has registered; before it is opened, what its document registers. */
export function registeredIn(realm: Realm | undefined, { clients = [], users = [] }: RealmDocument = {}): Registered {
  return realm === undefined ? { clients, users } : { clients: realm.clients.values(), users: realm.users.values() };
}
