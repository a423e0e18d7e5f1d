import { counted } from '../../format.js';
import type {
  AllReports,
  CheckedExpectation,
  Finding,
  Report,
  Severity,
  SuppressedFinding,
} from '../../../client/index.js';

/** Refused requests by reason. */

/** Something of a report, with the world that it is about. */
export interface Placed<T> {
  readonly world: string;
  /** Whether the world exists no more: its entries cannot be shown. */
  readonly isEnded: boolean;
  readonly item: T;
}

/** The severities, highest first, with their word for one and for several. */
export const severityWords: readonly { readonly severity: Severity; readonly one: string; readonly many: string }[] = [
  { severity: 'error', one: 'error', many: 'errors' },
  { severity: 'warning', one: 'warning', many: 'warnings' },
  { severity: 'note', one: 'note', many: 'notes' },
];

/** What is shown of the findings. */
export interface FindingFilter {
  readonly severity?: string | undefined;
  readonly provider?: string | undefined;
  readonly client?: string | undefined;
  readonly user?: string | undefined;
  readonly rule?: string | undefined;
  /** Text that occurs somewhere. */
  readonly text?: string | undefined;
}

/** What the view shows, of one world or of all. */
export interface Overview {
  readonly findings: readonly Placed<Finding>[];
  readonly suppressed: readonly Placed<SuppressedFinding>[];
  readonly expectations: readonly Placed<CheckedExpectation>[];
  readonly refused: readonly Placed<NonNullable<Report['refused']>>[];
  /** Suppressed rules without a finding. */
  readonly unused: readonly string[];
  readonly entries: number;
  readonly dropped: number;
}

/** Puts the reports of one world or of all worlds together. */
export function overviewOf(answer: Report | AllReports): Overview {
  const reports = 'worlds' in answer ? answer.worlds : [answer];
  const placed = <T>(read: (report: Report) => readonly T[]): Placed<T>[] =>
    reports.flatMap((report) =>
      read(report).map((item) => ({ world: report.world, isEnded: report.endedAt !== undefined, item })),
    );
  const [first = [], ...others] = reports.map(({ unused }) => unused.map(({ rule }) => rule));
  return {
    findings: placed(({ findings }) => findings),
    suppressed: placed(({ suppressed }) => suppressed),
    expectations: placed(({ expectations }) => expectations),
    refused: placed(({ refused }) => (refused === undefined ? [] : [refused])),
    // a suppression of this view is asked of each world: it is unused if no world needs it
    unused: [...new Set(first)].filter((rule) => others.every((each) => each.includes(rule))),
    entries: answer.judged.entries,
    dropped: answer.judged.dropped,
  };
}

/** Selects findings. An absent member selects all. */
export function select(findings: readonly Placed<Finding>[], filter: FindingFilter): Placed<Finding>[] {
  const wanted = (asked: string | undefined, value: string): boolean => asked === undefined || asked === value;
  return findings.filter(
    ({ item, world }) =>
      wanted(filter.severity, item.severity) &&
      wanted(filter.provider, item.provider) &&
      wanted(filter.client, item.clientId ?? '') &&
      (filter.user === undefined || item.userIds.includes(filter.user)) &&
      wanted(filter.rule, item.rule) &&
      hasText({ ...item, world }, filter.text?.toLowerCase() ?? ''),
  );
}

function hasText(item: Finding & { readonly world: string }, text: string): boolean {
  const { rule, verdict, advice, clause, provider, clientId, userIds, cases, world } = item;
  return [
    rule,
    verdict,
    advice,
    clause,
    provider,
    clientId ?? '',
    world,
    ...userIds,
    ...cases.map(({ says }) => says),
  ].some((each) => each.toLowerCase().includes(text));
}

/** The different values of a member, sorted, for a list to choose from. */
export function valuesOf(
  findings: readonly Placed<Finding>[],
  member: 'provider' | 'clientId' | 'userIds' | 'rule',
): string[] {
  return [...new Set(findings.flatMap(({ item }) => item[member] ?? []))].sort();
}

/** Names at most three users: `user ada`. Empty if none is known. */
export function usersInWords(ids: readonly string[]): string {
  if (ids.length === 0) return '';
  const more = ids.length > 3 ? ` and ${ids.length - 3} more` : '';
  return `${ids.length === 1 ? 'user' : 'users'} ${ids.slice(0, 3).join(', ')}${more}`;
}

/** Says what was judged, if there is no finding. */
export function emptyWords({ entries }: Pick<Overview, 'entries'>, isOnAllWorlds: boolean): string {
  const where = isOnAllWorlds ? 'any world' : 'this world';
  return entries === 0
    ? `Nothing was tested: no request came to ${where}.`
    : `No findings. ${counted(entries, 'request was', 'requests were')} judged.`;
}
