/** Names of parameters, members and facts whose values are secrets: lower case, letters only. */
const secretNames = new Set([
  'code',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'token',
  'subjecttoken',
  'actortoken',
  'oauthtoken',
  'devicecode',
  'replacedby',
  'pwd',
  'otp',
  'codeverifier',
  'assertion',
  'clientassertion',
  'authenticitytoken',
  'csrf',
  'apikey',
]);

/** What is a secret whatever comes before it: `app_secret`, `new_password`. */
const secretEndings = /(?:secret|password|passwd|passphrase|secretkey|privatekey)$/;

/**
 * Whether values of this name are secrets. Letter case and separators are ignored: `access_token`, `accessToken`. Of a
 * nested name only the last part counts: `user[password]`. That of an item of a list counts for none: `code[0]`.
 */
export function isSecretName(name: string): boolean {
  const whole = name.replace(/\[\d*\]$/, '');
  const last = whole.endsWith(']') ? whole.slice(whole.lastIndexOf('[')) : whole;
  const letters = last.toLowerCase().replaceAll(/[^a-z]/g, '');
  return secretNames.has(letters) || secretEndings.test(letters);
}
