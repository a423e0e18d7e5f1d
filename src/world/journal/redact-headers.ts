import { decodeBasic } from '../../input/authorization-header.js';
import { isSecretHeader } from '../../input/secret-headers.js';
import { decodeEscapes } from './secret-words.js';
import { formDecode, splitOnce } from './url-text.js';
import type { Redaction } from './redaction.js';

type RedactHeader = (text: string, redaction: Redaction) => string | undefined;

/** Headers that have secrets at known places, by name in lower case. */
const redactions: ReadonlyMap<string, RedactHeader> = new Map<string, RedactHeader>([
  ['authorization', authorization],
  ['proxy-authorization', authorization],
  ['cookie', (text, redaction) => redaction.untrusted(text.replaceAll(/=([^;]+)/g, asCookie(redaction)))],
  ['set-cookie', (text, redaction) => text.replace(/=([^;]+)/, asCookie(redaction))],
  ['location', location],
]);

const wholeSecret: RedactHeader = (text, redaction) => redaction.secret(text);

const asCookie =
  (redaction: Redaction) =>
  (_whole: string, value: string): string =>
    `=${redaction.secret(value)}`;

/** Replaces the secrets in headers. Names are in lower case. */
export function redactHeaders(
  headers: Readonly<Record<string, unknown>>,
  redaction: Redaction,
): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [redaction.untrusted(name), redactHeader(name, value, redaction)]),
  );
}

function redactHeader(name: string, value: unknown, redaction: Redaction): unknown {
  if (Array.isArray(value)) return value.map((each) => redactHeader(name, each, redaction));
  const text = String(value);
  const redact = redactions.get(name) ?? (isSecretHeader(name) ? wholeSecret : undefined);
  return redact === undefined ? redaction.value(text) : redact(text, redaction);
}

function authorization(text: string, redaction: Redaction): string {
  const [scheme, credentials] = splitOnce(text, ' ');
  if (credentials === undefined) return redaction.secret(text);
  if (scheme.toLowerCase() !== 'basic') {
    return `${redaction.untrusted(scheme)} ${redaction.secret(credentials.trim())}`;
  }
  const { id, secret } = decodeBasic(credentials);
  if (secret === undefined) return `${scheme} ${redaction.secret(id)}`;
  // RFC 6749 §2.3.1: the secret is form-encoded. Many clients do not encode it
  const decoded = secret.includes('%') ? (formDecode(secret) ?? secret) : secret;
  return `${scheme} ${String(redaction.value(id))}:${redaction.secret(decoded)}`;
}

/** A redirect as it was sent, except for the values that are secrets. */
function location(text: string, redaction: Redaction): string {
  const [before, query] = splitOnce(text, '?');
  if (query === undefined) return redaction.untrusted(text);
  const parameters = query.split('&').map((pair) => {
    const [name, value = ''] = splitOnce(pair, '=');
    const decoded = decodeEscapes(value);
    const shown = String(redaction.members(decoded, decodeEscapes(name)));
    return shown === decoded ? redaction.untrusted(pair) : `${redaction.untrusted(name)}=${shown}`;
  });
  return `${redaction.untrusted(before)}?${parameters.join('&')}`;
}
