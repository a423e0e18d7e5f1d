import { defineCheck } from '../../check.js';
import { NotSeen, passed, warned } from '../../judgement.js';
import type { SeenRequest } from '../../seen-request.js';

/** Real time within which a code is exchanged, in milliseconds. Codes of some providers expire after half a minute. */
const soonMs = 5000;

/** Codes expire soon, so work before the exchange is a risk. */
export const codeUsedSoon = defineCheck({
  id: 'code-used-soon',
  group: 'token-request',
  title: 'A code is exchanged within five seconds',
  clause: 'RFC 6749 §4.1.2',
  severity: 'warning',
  stages: 'Ordinary flows.',
  looksAt: 'The real time from the redirect back to the client until the exchange.',
  advice: 'Exchange the code first in the callback, and do slow work afterwards.',
  judge({ flows, requests: { all } }) {
    const waits = flows.flatMap(({ exchange }) => {
      const redirect = all.find((request) => codeOf(request) === exchange?.parameter('code'));
      return exchange === undefined || redirect === undefined
        ? []
        : [{ ms: exchange.realAt - endOf(redirect), by: [redirect, exchange] }];
    });
    const [longest] = waits.toSorted((a, b) => b.ms - a.ms);
    if (longest === undefined) throw new NotSeen('no redirect with a code was followed by its exchange');
    const seconds = `${(longest.ms / 1000).toFixed(1)} s`;
    return longest.ms <= soonMs
      ? passed(`The longest time until the exchange was ${seconds}.`, longest.by)
      : warned(`A code was exchanged ${seconds} after the redirect.`, longest.by);
  },
});

/** The code of a redirect back to the client. Null: the answer is no such redirect. */
function codeOf(request: SeenRequest): string | null {
  const location = request.answerHeader('location') ?? '';
  return URL.canParse(location) ? new URL(location).searchParams.get('code') : null;
}

function endOf({ realAt, entry }: SeenRequest): number {
  const { durationMs = 0 } = entry;
  return realAt + durationMs;
}
