import type { CheckedExpectation } from '../../../client/index.js';

type Conditions = NonNullable<CheckedExpectation['expectation']['match']>;

/** A value of an expectation or of an entry, as text. */
export function valueInWords(value: unknown): string {
  if (value === undefined || value === null) return 'nothing';
  return typeof value === 'string' ? value : JSON.stringify(value);
}

/** The conditions of an expectation: `endpoint token, grantType refresh_token`. */
export const conditionsInWords = (match: Conditions): string =>
  Object.entries(match)
    .map(([name, value]) => `${name} ${valueInWords(value)}`)
    .join(', ') || 'any request';

/** What an expectation asks for, without its count. */
export function expectationInWords({ match, order }: CheckedExpectation['expectation']): string {
  const steps = order?.map(conditionsInWords).join(', then ');
  if (match === undefined) return steps ?? 'nothing';
  return steps === undefined ? conditionsInWords(match) : `${conditionsInWords(match)}; in order: ${steps}`;
}

/** A range of counts: `exactly 1`, `1 to 3`, `none`. */
export function rangeInWords({ atLeast, atMost }: CheckedExpectation['expected']): string {
  if (atMost === null) return `at least ${atLeast}`;
  if (atMost === 0) return 'none';
  if (atLeast === atMost) return `exactly ${atLeast}`;
  return atLeast === 0 ? `at most ${atMost}` : `${atLeast} to ${atMost}`;
}

/** What came: a number of entries, or of steps if only an order was expected. */
export const cameInWords = ({ expectation, actual }: Pick<CheckedExpectation, 'expectation' | 'actual'>): string =>
  expectation.match === undefined ? `${actual} of ${expectation.order?.length ?? 0} steps` : String(actual);
