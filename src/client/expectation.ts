import { ArgumentError, checkObject, checkOptions } from './arguments.js';
import type { Verdict } from '../admin/schemas/verify.js';
import type { Expectation, Match } from './documents/match.js';

/** Every member of a match: the compiler refuses a table without one of them. */
const matchMembers: Readonly<Record<keyof Match, true>> = {
  provider: true,
  endpoint: true,
  grantType: true,
  clientId: true,
  userId: true,
  method: true,
  path: true,
  status: true,
  reason: true,
  fault: true,
  query: true,
  form: true,
  headers: true,
};

/**
 * Checks an expectation, as far as the server does not.
 *
 * @throws ArgumentError if it is no object, or has a member that is not of an expectation
 */
export function checkExpectation(call: string, expectation: unknown): void {
  checkObject(call, 'the expectation', expectation, 'an object with match, count or order');
  const outside = Object.keys(expectation).find((name) => Object.hasOwn(matchMembers, name));
  if (outside !== undefined) {
    throw new ArgumentError(`${call}: put ${outside} into match: { match: { ${outside}: … } }`);
  }
  checkOptions<Expectation>(call, expectation, { match: 'anything', count: 'anything', order: 'anything' });
}

/** An expectation failed. The message shows entries that matched, and the nearest others with their differences. */
export class ExpectationError extends Error {
  readonly expectation: Expectation;
  readonly verdict: Verdict;

  constructor(expectation: Expectation, verdict: Verdict) {
    const { actual, dropped, hints, matched, nearMisses } = verdict;
    const removed = dropped > 0 ? ` (the journal has dropped ${dropped} entries because of its limit)` : '';
    const fields = fieldsOf(expectation, verdict);
    super(
      [
        `${describeExpected(expectation, verdict)}, found ${actual}${removed}`,
        ...hints,
        ...matched.map((entry) => entryLine(entry, ['matches'])),
        ...nearMisses.map((miss) => describeMiss(miss, fields)),
      ].join('\n  '),
    );
    this.name = 'ExpectationError';
    this.expectation = expectation;
    this.verdict = verdict;
  }
}

/** The members that an entry was compared with: those of the match, or of the first step that was not found. */
function fieldsOf({ match, order = [] }: Expectation, { actual }: Verdict): string[] {
  const { query, form, headers, ...plain } = match ?? order[actual] ?? {};
  return [
    ...Object.keys(plain),
    ...Object.entries({ query, form, headers }).flatMap(([place, members = {}]) =>
      // the journal has names of headers in lower case
      Object.keys(members).map((name) => `${place}.${place === 'headers' ? name.toLowerCase() : name}`),
    ),
  ];
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

/**
 * `#3 POST /Authorization/OAuth/Token 400: status is 400, expected 200; endpoint matches`
 *
 * @param fields the members that were compared
 */
export function describeMiss({ entry, differences }: Verdict['nearMisses'][number], fields: readonly string[]): string {
  const found = differences.map(
    ({ field, expected, actual }) => `${field} is ${JSON.stringify(actual)}, expected ${JSON.stringify(expected)}`,
  );
  if (found.length === 0) return entryLine(entry, ['matches']);
  const same = fields.filter((name) => differences.every(({ field }) => field !== name));
  const matching = `${same.join(', ')} ${same.length === 1 ? 'matches' : 'match'}`;
  return entryLine(entry, [...found, ...(same.length === 0 ? [] : [matching])]);
}

/** `#3 POST /Authorization/OAuth/Token 400: …`: an entry, what is said about it, and why it was refused. */
function entryLine(entry: Verdict['matched'][number], words: readonly string[]): string {
  const { id, request, status = 'no answer', explanation } = entry;
  const said = explanation === undefined ? words : [...words, explanation];
  return `#${id} ${request.method} ${request.path} ${status}: ${said.join('; ')}`;
}
