import { defineCheck } from '../../check.js';
import { failed, passed } from '../../judgement.js';
import { answerExchange, successesOf } from './odd-answer.js';

/** A token of another type is not a bearer token, and proves nothing if it is sent as one. */
export const unknownTokenTypeRefused = defineCheck({
  id: 'unknown-token-type-refused',
  group: 'token-answer',
  title: 'A token of an unknown type is not used',
  clause: 'RFC 6749 §7.1',
  severity: 'warning',
  stages: 'The token endpoint answers the exchange with the token type mac.',
  looksAt: 'Whether a later call has the token.',
  advice: 'Refuse an answer whose token_type is not bearer, in any letter case.',
  async examine(stage) {
    const { exchanges, calls } = await answerExchange(stage, { kind: 'patch', set: { token_type: 'mac' } });
    const used = successesOf(calls);
    return used.length === 0
      ? passed('The client did not use the token as a bearer token.', exchanges)
      : failed('The client used a token of the type mac as a bearer token.', [...exchanges, ...used]);
  },
});
