import { defineCheck } from '../../check.js';
import { failed, passed } from '../../judgement.js';
import { firstFlow } from '../../ordinary-run.js';

/** Parameters that belong to other requests. */
const secretNames = ['client_secret', 'password', 'code_verifier', 'access_token', 'refresh_token'];

/** This URL is in the history of the browser and in logs. */
export const noSecretInAuthorizationUrl = defineCheck({
  id: 'no-secret-in-authorization-url',
  group: 'request',
  title: 'The authorization request has no secret',
  clause: 'RFC 6749 §2.3.1, RFC 9700 §4.3.2',
  severity: 'error',
  stages: 'An ordinary flow.',
  looksAt: 'Whether the URL has the client_secret, a password or a token.',
  advice: 'Send the secret to the token endpoint alone.',
  judge(run) {
    const { authorization } = firstFlow(run);
    const found = secretNames.find((name) => authorization.query(name) !== undefined);
    return found === undefined
      ? passed('The authorization request has no secret.', [authorization])
      : failed(`The authorization request has the parameter ${found}.`, [authorization]);
  },
});
