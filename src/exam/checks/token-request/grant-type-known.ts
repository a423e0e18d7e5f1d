import { defineCheck } from '../../check.js';
import { failed, passed } from '../../judgement.js';

/** Providers refuse a misspelt grant type. */
export const grantTypeKnown = defineCheck({
  id: 'grant-type-known',
  group: 'token-request',
  title: 'Each token request has a grant type of the provider',
  clause: 'RFC 6749 §4.1.3, §6',
  severity: 'error',
  stages: 'Ordinary flows and a refresh.',
  looksAt: 'The grant_type of the token requests.',
  advice: 'Use authorization_code for the exchange and refresh_token for a refresh.',
  judge({ provider: { policy }, requests: { tokenRequests } }) {
    const known: readonly string[] = [...policy.grants, ...policy.grantsPerClient];
    const wrong = tokenRequests.filter(({ grantType }) => grantType === undefined || !known.includes(grantType));
    return wrong.length === 0
      ? passed(`${tokenRequests.length} token requests had grant types of the provider.`)
      : failed('A token request has no grant_type, or one that the provider does not offer.', wrong);
  },
});
