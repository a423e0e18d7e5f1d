import { defineCheck } from '../../check.js';
import { requireSessions } from '../../sessions.js';
import { judgeOwnTokens } from './whose-call.js';

/** A refresh that stores its tokens with the wrong person gives that person access. */
export const connectionsKeptApart = defineCheck({
  id: 'connections-kept-apart',
  group: 'people',
  title: 'The connection of one person is untouched by that of another',
  clause: 'RFC 6749 §1.4',
  severity: 'error',
  stages: 'Ada and Grace connect in different browsers. Their access tokens expire, and both use the API.',
  looksAt: 'Whose token each of them uses.',
  advice: 'Keep the tokens of each connection apart, also when they are refreshed.',
  needs: ['pages'],
  async examine(stage) {
    const [ada, grace] = stage.people;
    const first = await stage.connected(ada);
    const second = await stage.connected(grace);
    await requireSessions(first);
    await stage.expireAccessTokens();
    await stage.call(second);
    return judgeOwnTokens(stage, first, second);
  },
});
