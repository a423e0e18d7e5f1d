import { defineCheck } from '../../check.js';
import { failed, passed, warned } from '../../judgement.js';

/** A GET can be repeated and cached on its way, and its parameters are in logs. */
export const tokenRequestByPost = defineCheck({
  id: 'token-request-by-post',
  group: 'token-request',
  title: 'Token requests are made by POST',
  clause: 'RFC 6749 §3.2',
  severity: 'error',
  stages: 'Ordinary flows and a refresh.',
  looksAt: 'The method of the token requests.',
  advice: 'Make token requests by POST.',
  judge({ provider: { policy }, requests: { tokenRequests } }) {
    const wrong = tokenRequests.filter(({ entry }) => entry.request.method !== 'POST');
    if (wrong.length === 0) return passed(`${tokenRequests.length} token requests were made by POST.`);
    return wrong.every(({ entry }) => policy.tokenMethods.includes(entry.request.method as 'GET'))
      ? warned('A token request was made by GET: it works, because this provider accepts it.', wrong)
      : failed('A token request was made by another method than POST, which this provider does not accept.', wrong);
  },
});
