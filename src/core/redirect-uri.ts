import { splitUri } from './uri-parts.js';
import type { RedirectUriMatching } from './policy.js';

const scriptSchemes = new Set(['javascript:', 'data:', 'vbscript:', 'file:', 'blob:', 'about:']);

/** The redirect URIs for which Doorkeeper shows the code on its own page, for clients without a browser's callback. */
const outOfBandUris = new Set(['urn:ietf:wg:oauth:2.0:oob', 'urn:ietf:wg:oauth:2.0:oob:auto']);

/** Whether a redirect URI asks to show the code on a page of the provider. */
export const isOutOfBand = (uri: string): boolean => outOfBandUris.has(uri);

/** A redirect URI as it was understood, or why it is not one. */
export type ReadUri =
  { readonly uri: string; readonly malformed?: undefined } | { readonly uri: string; readonly malformed: string };

/**
 * Reads a redirect URI. It is absolute, has no fragment (RFC 6749 §3.1.2), is printable ASCII because it is sent in a
 * Location header, and has no scheme that browsers run as a script. Where URIs are compared `normalized`, characters
 * in its query are escaped that may not stand there, and the rest must follow the grammar of RFC 3986.
 */
export function readRedirectUri(matching: RedirectUriMatching, received: string): ReadUri {
  const uri = matching === 'normalized' ? withCleanQuery(received) : received;
  const malformed = malformation(uri) ?? (matching === 'normalized' ? irregularity(uri) : undefined);
  return malformed === undefined ? { uri } : { uri: received, malformed };
}

/** Why a text is no redirect URI under any policy. Undefined if it is one. */
export function malformation(uri: string): string | undefined {
  if (!/^[\x21-\x7e]+$/.test(uri)) return 'has characters that must be percent-encoded';
  // a browser reads it as a slash, so it could end the host earlier than the comparison thinks
  if (uri.includes('\\')) return 'has a backslash, which must be percent-encoded';
  const protocol = protocolOf(uri);
  if (protocol === undefined) return 'is not an absolute URI';
  if (scriptSchemes.has(protocol)) return `has the scheme ${protocol}, which a browser would run or refuse`;
  if (uri.includes('#')) return 'has a fragment, which RFC 6749 §3.1.2 forbids';
  return undefined;
}

/** The scheme of an absolute URI, with its colon. Undefined if it is not one. */
function protocolOf(uri: string): string | undefined {
  try {
    return new URL(uri).protocol;
  } catch {
    return undefined;
  }
}

// RFC 3986 §3: scheme, authority, and a path that is empty or begins with a slash.
const scheme = /^[A-Za-z][A-Za-z0-9+.-]*$/;
const authorityOrPath = /^(?:%[\dA-Fa-f]{2}|[!$&-;=@-Z_a-z~[\]])*$/;

/** What Doorkeeper refuses beyond `malformation`: what Ruby cannot parse, and URIs without a hierarchy or a host. */
function irregularity(uri: string): string | undefined {
  if (isOutOfBand(uri)) return undefined;
  const parts = splitUri(uri);
  const { host, path } = parts;
  const authority = [parts.userinfo, host, parts.port].join('');
  if (!scheme.test(parts.scheme) || !authorityOrPath.test(authority) || !/^\d*$/.test(parts.port ?? '')) {
    return 'has characters that RFC 3986 forbids before its path';
  }
  if (!authorityOrPath.test(path) || /[[\]]/.test(path)) return 'has characters in its path that RFC 3986 forbids';
  if (path !== '' && !path.startsWith('/')) return 'has a path without a slash at its beginning';
  if (/^https?$/i.test(parts.scheme) && host === undefined) return 'has no host';
  return parts.scheme.toLowerCase() === 'localhost' ? 'has no scheme' : undefined;
}

/** Ruby's URI drops tabs and line ends in a query, and escapes other characters that may not stand in one. */
function withCleanQuery(uri: string): string {
  const at = uri.indexOf('?');
  if (at < 0) return uri;
  const query = uri
    .slice(at + 1)
    .replace(/[\t\r\n]/g, '')
    .replace(/[\0-\x20"'<>`\x7f]/g, (each) => `%${each.charCodeAt(0).toString(16).toUpperCase().padStart(2, '0')}`);
  return `${uri.slice(0, at)}?${query}`;
}

/** Says that a redirect URI was percent-encoded once too often: `https%3A%2F%2F`. Empty if it was not. */
export const encodedTwice = (received: string): string =>
  /^[A-Za-z][A-Za-z0-9+.-]{0,30}%(?:25)*3A/i.test(received)
    ? '; it is percent-encoded twice: encode it once, when the parameter is written'
    : '';
