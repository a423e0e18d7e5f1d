/** Names of parameters, members and facts whose values are secrets: lower case, letters only. */
const secretNames = new Set([
  'clientsecret',
  'secret',
  'code',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'token',
  'replacedby',
  'password',
  'passwd',
  'pwd',
  'codeverifier',
  'assertion',
  'clientassertion',
  'authenticitytoken',
  'csrf',
  'apikey',
]);

/**
 * Whether values of this name are secrets. Letter case and separators are ignored: `access_token`, `accessToken`. Of a
 * nested name only the last part counts: `user[password]`.
 */
export function isSecretName(name: string): boolean {
  const last = name.endsWith(']') ? name.slice(name.lastIndexOf('[')) : name;
  return secretNames.has(last.toLowerCase().replaceAll(/[^a-z]/g, ''));
}
