/** Bytes as base64url without padding (RFC 4648 §5). */
const base64url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '');

/** A random text of 43 characters: fit for a state, and for a PKCE verifier (RFC 7636 §4.1). */
export const randomText = (): string => base64url(crypto.getRandomValues(new Uint8Array(32)));

/** The challenge of a verifier by the method S256 (RFC 7636 §4.2). */
export const hashed = async (verifier: string): Promise<string> =>
  base64url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));

/** Whether this page can hash: a page without HTTPS cannot, except on the loopback interface. */
export const canHash = (): boolean => 'subtle' in crypto;
