import { defineCheck } from '../../check.js';
import { failed, passed } from '../../judgement.js';
import { firstExchange } from '../../ordinary-run.js';

/** A code that is sent twice looks stolen, so the provider may revoke the tokens that it gave for it. */
export const codeUsedOnce = defineCheck({
  id: 'code-used-once',
  group: 'token-request',
  title: 'A code is not sent again after it was exchanged',
  clause: 'RFC 6749 §4.1.2',
  severity: 'error',
  stages: 'Ordinary flows.',
  looksAt: 'Whether a code is sent again after the token endpoint gave tokens for it.',
  advice: 'Exchange a code in one place, and forget the state at its first callback.',
  judge(run) {
    firstExchange(run);
    const { exchanges, succeededExchanges: exchanged } = run.requests;
    const again = exchanges.filter((each) =>
      exchanged.some((first) => first.id < each.id && first.parameter('code') === each.parameter('code')),
    );
    const codes = new Set(again.map((request) => request.parameter('code')));
    return codes.size === 0
      ? passed(`${exchanged.length} codes were exchanged once each.`, exchanged)
      : failed(
          'A code was sent again after it had been exchanged.',
          exchanges.filter((request) => codes.has(request.parameter('code'))),
        );
  },
});
