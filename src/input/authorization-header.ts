/** The two parts of an Authorization header (RFC 9110 §11.4). */
export interface AuthorizationHeader {
  /** As sent; schemes are case-insensitive. */
  readonly scheme: string;
  /** Everything after the spaces that follow the scheme. Empty if the header is a single word. */
  readonly credentials: string;
}

/** Splits an Authorization header into scheme and credentials, without checking either. */
export function splitAuthorization(header: string): AuthorizationHeader {
  const [, scheme, credentials] = /^(\S*) *(.*)$/s.exec(header) as unknown as [string, string, string];
  return { scheme, credentials };
}

/** The credentials of one scheme, not checked. Undefined for another scheme and for a scheme without credentials. */
export function credentialsOf(header: string, scheme: 'basic' | 'bearer'): string | undefined {
  const parts = splitAuthorization(header);
  return parts.scheme.toLowerCase() === scheme && /^\S/.test(parts.credentials) ? parts.credentials : undefined;
}

/**
 * The credentials of a Basic header, still in base64 (RFC 7617 §2). With `withoutScheme`, a header of one word counts
 * as credentials whose scheme is missing.
 */
export function basicCredentials(header: string, withoutScheme = false): string | undefined {
  return withoutScheme && /^\S+$/.test(header) ? header : credentialsOf(header, 'basic');
}

/** User-id and password of Basic credentials (RFC 7617 §2). The secret is undefined if there is no colon. */
export function decodeBasic(credentials: string): { readonly id: string; readonly secret: string | undefined } {
  const text = Buffer.from(credentials, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  return colon < 0 ? { id: text, secret: undefined } : { id: text.slice(0, colon), secret: text.slice(colon + 1) };
}

/** The token of a Bearer header (RFC 6750 §2.1). Its characters are not checked. Undefined if it is not one word. */
export function bearerToken(header: string): string | undefined {
  const credentials = credentialsOf(header, 'bearer');
  return credentials === undefined || /\s/.test(credentials) ? undefined : credentials;
}
