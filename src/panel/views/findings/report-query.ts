import { acceptedLine } from './suppressions.js';
import type { AcceptedRule } from './suppressions.js';

/** A file that the report can be saved as. */
export interface ReportFile {
  readonly format: 'junit' | 'sarif' | 'markdown';
  readonly title: string;
  /** The end of its name. */
  readonly extension: string;
  readonly mediaType: string;
}

/** The files that the report can be saved as. */
export const reportFiles: readonly ReportFile[] = [
  { format: 'junit', title: 'JUnit', extension: 'xml', mediaType: 'application/xml' },
  { format: 'sarif', title: 'SARIF', extension: 'sarif', mediaType: 'application/sarif+json' },
  { format: 'markdown', title: 'Markdown', extension: 'md', mediaType: 'text/markdown' },
];

/** What is asked of the report. */
export interface ReportRequest {
  readonly accepted: readonly AcceptedRule[];
  readonly isOnAllWorlds: boolean;
  readonly format?: ReportFile['format'];
}

/** The path of the call that reports, with its query. */
export function reportPath({ accepted, isOnAllWorlds, format }: ReportRequest): string {
  const query = new URLSearchParams();
  if (isOnAllWorlds) query.set('worlds', 'all');
  if (format !== undefined) query.set('format', format);
  for (const each of accepted) query.append('suppress', acceptedLine(each));
  return query.size === 0 ? '/findings' : `/findings?${query.toString()}`;
}
