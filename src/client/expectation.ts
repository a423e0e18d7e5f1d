import type { Verdict } from '../admin/schemas/verify.js';
import type { Expectation } from '../world/journal/expectation.js';

/** An expectation failed. The message shows the nearest entries with their differences. */
export class ExpectationError extends Error {
  readonly expectation: Expectation;
  readonly verdict: Verdict;

  constructor(expectation: Expectation, verdict: Verdict) {
    const { actual, dropped } = verdict;
    const removed = dropped > 0 ? ` (the journal has dropped ${dropped} entries because of its limit)` : '';
    super(
      [
        `${describeExpected(expectation, verdict)}, found ${actual}${removed}`,
        ...verdict.nearMisses.map(describeMiss),
      ].join('\n  '),
    );
    this.name = 'ExpectationError';
    this.expectation = expectation;
    this.verdict = verdict;
  }
}

function describeExpected({ match = {}, order }: Expectation, { expected }: Verdict): string {
  if (order !== undefined) {
    return `expected ${order.length} entries in this order: ${order.map((each) => JSON.stringify(each)).join(', ')}`;
  }
  return `expected ${describeCount(expected)} of ${JSON.stringify(match)}`;
}

function describeCount({ atLeast, atMost }: Verdict['expected']): string {
  if (atLeast === atMost) return String(atLeast);
  if (atMost === null) return `at least ${atLeast}`;
  return atLeast === 0 ? `at most ${atMost}` : `${atLeast} to ${atMost}`;
}

/** `#3 POST /Authorization/OAuth/Token 400: status is 400, expected 200` */
export function describeMiss({ entry, differences }: Verdict['nearMisses'][number]): string {
  const { id, request, status = 'no answer', explanation } = entry;
  const found = differences.map(
    ({ field, expected, actual }) => `${field} is ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`,
  );
  const because = explanation === undefined ? [] : [explanation];
  return `#${id} ${request.method} ${request.path} ${status}: ${[...found, ...because].join('; ') || 'matches'}`;
}
