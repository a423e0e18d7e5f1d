import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed } from '../../judgement.js';
import type { SeenRequest } from '../../seen-request.js';

/** Two secrets in one request can differ, and servers differ in which of them counts. */
export const oneAuthentication = defineCheck({
  id: 'one-authentication',
  group: 'token-request',
  title: 'The client authenticates in one way',
  clause: 'RFC 6749 §2.3',
  severity: 'error',
  stages: 'Ordinary flows and a refresh.',
  looksAt: 'Where the token requests have a secret: in the header Authorization, in the body, in the URL.',
  advice: 'Send the secret either in the header Authorization or in the body, as the provider documents it.',
  judge({ requests: { tokenRequests } }) {
    const withSecret = tokenRequests.filter((request) => placesOfSecret(request).length > 0);
    if (withSecret.length === 0) throw new NotSeen('no token request had a secret');
    const wrong = withSecret.filter((request) => placesOfSecret(request).length > 1);
    return wrong.length === 0
      ? passed(`The secret is in one place of ${withSecret.length} token requests.`, withSecret)
      : failed(`A token request has a secret in ${placesOfSecret(wrong[0] as SeenRequest).join(' and ')}.`, wrong);
  },
});

function placesOfSecret(request: SeenRequest): string[] {
  const secrets = {
    'the header Authorization': request.basicSecret,
    'the body': request.form('client_secret'),
    'the URL': request.query('client_secret'),
  };
  return Object.entries(secrets).flatMap(([place, secret]) => (secret === undefined || secret === '' ? [] : [place]));
}
