import type { Expectation } from '../world/journal/expectation.js';
import type { Verdict } from '../world/journal/verify.js';

/** The journal is not as expected; the message says which entries come nearest and how they differ. */
export class ExpectationError extends Error {
  readonly expectation: Expectation;
  readonly verdict: Verdict;

  constructor(expectation: Expectation, verdict: Verdict) {
    const forgotten = verdict.dropped > 0 ? ` (the journal has forgotten ${verdict.dropped} entries)` : '';
    super(
      [
        `${expected(expectation, verdict)}, found ${verdict.actual}${forgotten}`,
        ...verdict.nearMisses.map(describeMiss),
      ].join('\n  '),
    );
    this.name = 'ExpectationError';
    this.expectation = expectation;
    this.verdict = verdict;
  }
}

function expected({ match = {}, order }: Expectation, { expected: { atLeast, atMost } }: Verdict): string {
  if (order !== undefined) {
    return `expected ${order.length} entries in this order: ${order.map((each) => JSON.stringify(each)).join(', ')}`;
  }
  const count =
    atLeast === atMost
      ? String(atLeast)
      : atMost === null
        ? `at least ${atLeast}`
        : atLeast === 0
          ? `at most ${atMost}`
          : `${atLeast} to ${atMost}`;
  return `expected ${count} of ${JSON.stringify(match)}`;
}

/** `#3 POST /Authorization/OAuth/Token 400: status is 400, expected 200` */
export function describeMiss({ entry, differences }: Verdict['nearMisses'][number]): string {
  const { id, request, status = 'no answer', explanation } = entry;
  const found = differences.map(
    ({ field, expected: wanted, actual }) =>
      `${field} is ${JSON.stringify(actual)}, expected ${JSON.stringify(wanted)}`,
  );
  const because = explanation === undefined ? [] : [explanation];
  return `#${id} ${request.method} ${request.path} ${status}: ${[...found, ...because].join('; ') || 'matches'}`;
}
