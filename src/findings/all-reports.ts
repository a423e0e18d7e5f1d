import type { Report } from './report.js';
import type { Summary } from './summary.js';

/** The reports on all worlds that got a request: those that ended, oldest first, and those that exist. */
export interface AllReports {
  readonly judged: { readonly worlds: number; readonly entries: number; readonly dropped: number };
  /** Number of ended worlds whose reports were not kept, because of a limit or an internal error. */
  readonly forgotten: number;
  readonly summary: Summary;
  readonly worlds: readonly Report[];
}

/** Whether a report judges requests at all. Without a request there is nothing to report, and no success either. */
export const hasRequests = ({ judged }: Pick<Report, 'judged'>): boolean => judged.entries + judged.dropped > 0;

/** Puts reports together, with the sums of their counts. */
export function allReports(reports: readonly Report[], forgotten: number): AllReports {
  const worlds = reports.filter(hasRequests);
  const sum = (count: (report: Report) => number): number => worlds.reduce((total, each) => total + count(each), 0);
  return {
    judged: {
      worlds: worlds.length,
      entries: sum(({ judged }) => judged.entries),
      dropped: sum(({ judged }) => judged.dropped),
    },
    forgotten,
    summary: {
      error: sum(({ summary }) => summary.error),
      warning: sum(({ summary }) => summary.warning),
      note: sum(({ summary }) => summary.note),
      suppressed: sum(({ summary }) => summary.suppressed),
      hidden: sum(({ summary }) => summary.hidden),
      expectationsPassed: sum(({ summary }) => summary.expectationsPassed),
      expectationsFailed: sum(({ summary }) => summary.expectationsFailed),
    },
    worlds,
  };
}
