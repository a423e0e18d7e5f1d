import { defineCheck } from '../../check.js';
import { NotSeen, failed, passed, warned } from '../../judgement.js';

/** Scripts, browser extensions and screenshots can read what a page shows. */
export const tokenNotShown = defineCheck({
  id: 'token-not-shown',
  group: 'api',
  title: 'Pages show no token',
  clause: 'RFC 9700 §4.2.4, RFC 6749 §10.4',
  severity: 'warning',
  stages: 'Ordinary flows and calls.',
  looksAt: 'Whether a page or an answer of the client contains a token.',
  advice: 'Keep tokens on the server. Give the browser a session of your own.',
  needs: ['pages'],
  judge({ requests: { tokenRequests }, shown }) {
    const all = shown.join('\n');
    const shows = (member: string): boolean =>
      tokenRequests.some((request) => {
        const token = request.answer(member);
        return typeof token === 'string' && all.includes(token);
      });
    if (all.trim() === '') throw new NotSeen('the client showed no text');
    if (shows('refresh_token')) return failed('A page shows a refresh token.', tokenRequests);
    return shows('access_token')
      ? warned(
          'A page shows an access token. That is right only for an application that runs in the browser.',
          tokenRequests,
        )
      : passed('No page shows a token.');
  },
});
