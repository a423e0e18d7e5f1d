/** Names of parameters, members and facts whose values are secrets: lower case, letters only. */
const secretNames = new Set([
  'clientsecret',
  'code',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'token',
  'password',
  'codeverifier',
  'assertion',
  'clientassertion',
  'authenticitytoken',
  'csrf',
]);

/** Whether values of this name are secrets. Letter case and separators are ignored: `access_token`, `accessToken`. */
export const isSecretName = (name: string): boolean => secretNames.has(name.toLowerCase().replaceAll(/[^a-z]/g, ''));
