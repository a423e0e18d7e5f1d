import { defineCheck } from '../../check.js';
import { failed, passed } from '../../judgement.js';
import { withoutRefresh } from '../not-for.js';
import { refusedRefresh } from './refused-refresh.js';

/** A refused refresh token stays refused. */
export const refreshRefusedEnds = defineCheck({
  id: 'refresh-refused-ends',
  group: 'life',
  title: 'A refused refresh ends the call without a loop',
  clause: 'RFC 6749 §5.2',
  severity: 'error',
  stages: 'The token endpoint answers every refresh with invalid_grant.',
  looksAt: 'How many refreshes one use of the API causes.',
  advice: 'Treat invalid_grant as the end of the connection: forget the tokens, and ask the person to connect.',
  notFor: withoutRefresh,
  async examine(stage) {
    const { refreshes, most } = await refusedRefresh(stage);
    const seen = `One use of the API caused ${refreshes.length} refused refreshes`;
    return refreshes.length <= most ? passed(`${seen}, and ended.`, refreshes) : failed(`${seen}.`, refreshes);
  },
});
