/** Words at the end of a header's name that tell a secret. */
const secretWords = new Set([
  'assertion',
  'auth',
  'authentication',
  'bearer',
  'cookie',
  'credential',
  'credentials',
  'csrf',
  'jwt',
  'key',
  'passcode',
  'passphrase',
  'passwd',
  'pwd',
  'session',
  'sessionid',
  'xsrf',
]);

/** Words that also tell a secret where another word stands before them without a hyphen: `accesstoken`. */
const secretEnd = /(?:apikey|authorization|password|secret|token)$/;

/** Words before `key` with which it is no secret: a name for a request, an answer or a handshake. */
const publicKeys = new Set(['idempotency', 'surrogate', 'websocket']);

/**
 * Whether the value of a header may be a secret: the last word of its name says so. Letter case, digits, versions and
 * what separates the words do not count: `apikey`, `X-API-Key`, `x_token_2`, `x-api-token-v2`. `x-token-type` has none,
 * nor has `idempotency-key`.
 */
export function isSecretHeader(name: string): boolean {
  const words = name
    .toLowerCase()
    .replaceAll(/v[^a-z\d]?\d/g, '-')
    .match(/[a-z]+/g);
  const last = words?.at(-1) ?? '';
  if (last === 'key' && publicKeys.has(words?.at(-2) ?? '')) return false;
  return secretWords.has(last) || secretEnd.test(last);
}
