import { severities } from '../severity.js';
import type { AllReports } from '../all-reports.js';
import type { Report } from '../report.js';
import type { Summary } from '../summary.js';
import type { Difference } from '../../world/journal/match.js';
import type { Expectation } from '../../world/journal/expectation.js';
import type { CheckedExpectation } from '../expectations.js';
import type { RefusedFor } from '../refusals.js';
import type { RequestLine } from '../request-line.js';
import type { CaseRequest, Finding, FindingCase } from '../finding.js';

/** The client and the provider of a finding. */
export const clientAndProvider = ({ provider, clientId }: Finding): string =>
  `${clientId ?? 'an unidentified client'} at ${provider}`;

/** The client, the provider and the users of a finding. */
export const subject = (finding: Finding): string =>
  [clientAndProvider(finding), ...usersText(finding.userIds)].join(', ');

/** At most three users by name. Empty: none is known. */
function usersText(ids: readonly string[]): string[] {
  if (ids.length === 0) return [];
  const more = ids.length > 3 ? ` and ${ids.length - 3} more` : '';
  return [`${ids.length === 1 ? 'user' : 'users'} ${ids.slice(0, 3).join(', ')}${more}`];
}

/** Ids of journal entries as text. */
const entriesOf = (ids: readonly number[]): string =>
  ids.length === 1 ? `entry ${String(ids[0])}` : `entries ${ids.join(', ')}`;

/** One occurrence of a finding as a line. */
export const caseLine = ({ says, evidence }: FindingCase): string => `${says} (${entriesOf(evidence)})`;

/** A request as text: `POST /v1/oauth/token → 400 code.replayed`. */
export const requestText = ({ method, path, status, reason }: RequestLine): string =>
  `${method} ${path} → ${status ?? 'no answer'}${reason === null ? '' : ` ${reason}`}`;

/** A request with the id of its journal entry, and what it did in the case. */
export const entryLine = (line: CaseRequest): string =>
  `entry ${line.entry}: ${requestText(line)}${line.role === undefined ? '' : ` (${line.role})`}`;

/** A line that says how many cases are not shown, if any. */
export const moreLine = ({ count, cases }: Finding): string[] =>
  count > cases.length ? [`… and ${count - cases.length} more`] : [];

/** A short text for an expectation. */
export function expectationName({ match, count, order }: Expectation): string {
  const counted = match === undefined ? [] : [`${countWords(count)} of ${matchWords(match)}`];
  const ordered = order === undefined ? [] : [`in this order: ${order.map(matchWords).join(', then ')}`];
  return [...counted, ...ordered].join('; ');
}

const matchWords = (match: object): string => JSON.stringify(match);

function countWords(count: Expectation['count']): string {
  if (count === undefined) return 'at least 1';
  if (typeof count === 'number') return `exactly ${count}`;
  return [
    count.atLeast === undefined ? [] : [`at least ${count.atLeast}`],
    count.atMost === undefined ? [] : [`at most ${count.atMost}`],
  ]
    .flat()
    .join(', ');
}

/** The result of an expectation; of one that failed, with the entries that match and the nearest others. */
export function outcomeLines({ passed, actual, expected, matched, nearMisses }: CheckedExpectation): string[] {
  const bound =
    expected.atMost === null
      ? `at least ${expected.atLeast}`
      : expected.atLeast === expected.atMost
        ? String(expected.atLeast)
        : `${expected.atLeast} to ${expected.atMost}`;
  const shown = passed
    ? []
    : [
        ...matched.map(({ request }) => `${entryLine(request)}: matches`),
        ...nearMisses.map(
          ({ request, differences }) => `${entryLine(request)}: ${differences.map(differenceText).join('; ')}`,
        ),
      ];
  const much = actual > (expected.atMost ?? Infinity) ? ', too many' : '';
  return [`found ${actual}${much}, expected ${bound}`, ...shown];
}

const differenceText = ({ field, expected, actual }: Difference): string =>
  `${field} is ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`;

/** Counts as text: `2 errors, 1 note in 40 requests`. */
export function countsText(summary: Summary, requests: number): string {
  const counts = severities
    .filter((severity) => summary[severity] > 0)
    .map((severity) => plural(summary[severity], severity));
  const unmet = summary.expectationsFailed > 0 ? [plural(summary.expectationsFailed, 'failed expectation')] : [];
  return `${[counts.join(', ') || 'no findings', ...unmet].join(', ')} in ${plural(requests, 'request')}`;
}

/** Says that a world got no request. */
export const nothingText = 'NOTHING WAS REPORTED ON: there was no request';

/** Whether a report judges requests, and every one of them was refused. */
export const isAllRefused = ({ judged, refused }: Report): boolean => refused?.count === judged.entries;

/** How many requests were refused. Empty: none. */
export const refusedText = ({ judged, refused }: Report): string[] =>
  refused === undefined
    ? []
    : [
        `${refused.count} of ${plural(judged.entries, 'request')} ${refused.count === 1 ? 'was' : 'were'} refused ` +
          '(see the journal)',
      ];

/** A reason for refusals: how often, the first request, and the journal's explanation of it. */
export const refusedForText = ({ count, request, explanation }: RefusedFor): string =>
  `${count} × ${requestText(request)}: ${explanation}`;

/** The lines on refused requests: their number, then the most frequent reasons. */
export function refusedLines(report: Report): string[] {
  const { reasons = [], more = 0 } = report.refused ?? {};
  return [
    ...refusedText(report).map((text) => `${text}:`),
    ...reasons.map((reason) => `  ${refusedForText(reason)}`),
    ...(more === 0 ? [] : [`  … and ${plural(more, 'more reason')}`]),
  ];
}

/** The world of a report, and when it ended. */
export const worldText = ({ world, endedAt }: Report): string =>
  `world ${world}${endedAt === undefined ? '' : `, ended at ${endedAt}`}`;

/** A sentence about ended worlds whose reports are gone, if there are any. */
export const forgottenText = ({ forgotten }: AllReports): string[] =>
  forgotten === 0 ? [] : [`Reports on ${plural(forgotten, 'ended world')} were not kept.`];

const plural = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;
