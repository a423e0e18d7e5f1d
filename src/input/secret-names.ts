/** Names of parameters, members and facts whose values are secrets: lower case, letters only. */
const secretNames = new Set([
  'secret',
  'clientsecret',
  'appsecret',
  'apisecret',
  'consumersecret',
  'sharedsecret',
  'code',
  'devicecode',
  'token',
  'accesstoken',
  'refreshtoken',
  'idtoken',
  'idtokenhint',
  'subjecttoken',
  'actortoken',
  'oauthtoken',
  'registrationaccesstoken',
  'replacedby',
  'password',
  'passwd',
  'pwd',
  'newpassword',
  'oldpassword',
  'currentpassword',
  'userpassword',
  'confirmpassword',
  'passwordconfirmation',
  'passphrase',
  'passcode',
  'otp',
  'codeverifier',
  'assertion',
  'clientassertion',
  'authenticitytoken',
  'csrf',
  'apikey',
  'secretkey',
  'privatekey',
]);

/**
 * Whether values of this name are secrets. Letter case and separators are ignored: `access_token`, `accessToken`. Of a
 * nested name only the last part counts: `user[password]`. An index at the end is ignored: `code[0]`.
 */
export function isSecretName(name: string): boolean {
  const whole = name.replace(/\[\d*\]$/, '');
  const last = whole.endsWith(']') ? whole.slice(whole.lastIndexOf('[')) : whole;
  return secretNames.has(last.toLowerCase().replaceAll(/[^a-z]/g, ''));
}
