import type { CredentialsReading } from '../../core/client.js';

/**
 * Reads a Basic header in the spellings that clients use. RFC 6749 §2.3.1 wants both halves form-encoded; many send them
 * raw, and some encode one half.
 */
export function readBasic(
  header: string,
  withoutScheme: boolean,
): [CredentialsReading, ...CredentialsReading[]] | undefined {
  const [, scheme, value] = /^(?:(\S+) +)?(\S+)$/.exec(header.trim()) ?? [];
  if (value === undefined || (scheme?.toLowerCase() !== 'basic' && !(scheme === undefined && withoutScheme))) {
    return undefined;
  }
  const text = Buffer.from(value, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 0) return undefined;

  const raw = { id: text.slice(0, colon), secret: text.slice(colon + 1) };
  const decoded = { id: formDecode(raw.id), secret: formDecode(raw.secret) };
  if (decoded.id === raw.id && decoded.secret === raw.secret) return [{ ...raw, spelling: 'plain' }];
  return [
    { ...decoded, spelling: 'form-encoded' },
    { ...raw, spelling: 'raw' },
    { id: decoded.id, secret: raw.secret, spelling: 'half-encoded' },
    { id: raw.id, secret: decoded.secret, spelling: 'half-encoded' },
  ];
}

function formDecode(text: string): string {
  try {
    return decodeURIComponent(text.replaceAll('+', ' '));
  } catch {
    return text;
  }
}
