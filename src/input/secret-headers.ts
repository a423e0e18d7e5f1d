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

/**
 * Whether the value of a header may be a secret: the last word of its name says so. Letter case, digits and what
 * separates the words do not count: `apikey`, `X-API-Key`, `x_token_2`. `x-token-type` has none.
 */
export function isSecretHeader(name: string): boolean {
  const last =
    name
      .toLowerCase()
      .match(/[a-z]+/g)
      ?.at(-1) ?? '';
  return secretWords.has(last) || secretEnd.test(last);
}
