import { defineCheck } from '../../check.js';
import { failed, passed } from '../../judgement.js';

/** People give their password to the provider alone. */
export const noPassword = defineCheck({
  id: 'no-password',
  group: 'request',
  title: "The client never sends a person's password",
  clause: 'RFC 9700 §2.4',
  severity: 'error',
  stages: 'Ordinary flows and calls.',
  looksAt: 'Whether a token request uses the grant type password.',
  advice: 'Use the authorization code grant.',
  judge({ requests: { tokenRequests } }) {
    const wrong = tokenRequests.filter(({ grantType }) => grantType === 'password');
    return wrong.length === 0
      ? passed('No token request has a password.')
      : failed("The client sent the person's password.", wrong);
  },
});
