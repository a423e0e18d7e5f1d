import type { Client } from '../../core/model.js';
import type { ClientDocument } from './schema/scenario.js';

/** Makes a client from a document. The defaults are those of a confidential web application. */
export function clientFromDocument(document: ClientDocument): Client {
  return {
    id: document.id,
    secret: document.secret ?? '',
    name: document.name ?? document.id,
    redirectUris: document.redirectUris ?? [],
    grants: document.grants,
    scopes: document.scopes,
    publicKey: document.publicKey,
    confidential: document.confidential ?? (document.secret !== undefined || document.publicKey !== undefined),
  };
}

/** Writes a client as a document that `clientFromDocument` reads back to the same client. */
export function clientToDocument({
  scopes,
  secret,
  redirectUris,
  grants,
  publicKey,
  ...rest
}: Client): ClientDocument & { confidential: boolean } {
  return {
    ...rest,
    redirectUris: [...redirectUris],
    ...(grants === undefined ? {} : { grants: [...grants] }),
    ...(publicKey === undefined ? {} : { publicKey }),
    ...(secret === '' ? {} : { secret }),
    ...(scopes === undefined ? {} : { scopes: [...scopes] }),
  };
}
