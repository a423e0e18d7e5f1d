import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed } from '../../judgement.js';

/** URLs are written to logs, histories and Referer headers. */
export const tokenInHeader = defineCheck({
  id: 'token-in-header',
  group: 'api',
  title: 'The access token is never in a URL',
  clause: 'RFC 9700 §4.3.2, RFC 6750 §2.3',
  severity: 'error',
  stages: 'Ordinary calls of the API.',
  looksAt: 'Whether a URL has the token.',
  advice: 'Send the token in the header: Authorization: Bearer.',
  judge({ requests: { calls, tokenRequests } }) {
    if (calls.length === 0) throw new NotSeen('the client made no call of the API');
    const tokens = tokenRequests
      .map((request) => request.answer('access_token'))
      .filter((token) => typeof token === 'string');
    const inUrl = calls.filter(({ entry: { request } }) => {
      // a repeated parameter is a list
      const parts = [request.path, ...Object.values(request.query).flat()].map(String);
      return tokens.some((token) => parts.some((part) => part.includes(token)));
    });
    return inUrl.length === 0
      ? passed(`No URL of ${calls.length} calls had the token.`, calls)
      : failed(`The URLs of ${inUrl.length} of ${calls.length} calls had the token.`, inUrl);
  },
});
