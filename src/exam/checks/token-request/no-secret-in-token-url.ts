import { defineCheck } from '../../check.js';
import { failed, passed, warned } from '../../judgement.js';

const secretNames = ['client_secret', 'refresh_token', 'password'];

/** URLs are kept in logs of servers and proxies. */
export const noSecretInTokenUrl = defineCheck({
  id: 'no-secret-in-token-url',
  group: 'token-request',
  title: 'No secret and no refresh token is in the URL of a token request',
  clause: 'RFC 6749 §2.3.1',
  severity: 'error',
  stages: 'Ordinary flows and a refresh.',
  looksAt: 'The query of the token requests.',
  advice: 'Send the parameters of a token request in its body, and the secret there or in the header Authorization.',
  judge({ findings, requests: { tokenRequests } }) {
    const wrong = tokenRequests.filter((request) => secretNames.some((name) => request.query(name) !== undefined));
    if (wrong.length === 0) return passed(`The URLs of ${tokenRequests.length} token requests have no secret.`);
    const names = secretNames.filter((name) => wrong.some((request) => request.query(name) !== undefined)).join(', ');
    // a note: the provider's own documents put these parameters into the URL
    const documented = findings
      .filter(({ rule, severity }) => rule.endsWith('-in-url') && severity === 'note')
      .flatMap(({ evidence }) => evidence);
    return wrong.every(({ id }) => documented.includes(id))
      ? warned(`The URL of a token request has ${names}, as the documents of this provider show it.`, wrong)
      : failed(`The URL of a token request has ${names}.`, wrong);
  },
});
