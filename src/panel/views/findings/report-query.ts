import { suppressionLine } from './suppressions.js';
import type { Suppression } from './suppressions.js';

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
  readonly suppressions: readonly Suppression[];
  readonly isOnAllWorlds: boolean;
  readonly format?: ReportFile['format'];
}

/** The path of the call that reports, with its query. */
export function reportPath({ suppressions, isOnAllWorlds, format }: ReportRequest): string {
  const query = new URLSearchParams();
  if (isOnAllWorlds) query.set('worlds', 'all');
  if (format !== undefined) query.set('format', format);
  for (const each of suppressions) query.append('suppress', suppressionLine(each));
  return query.size === 0 ? '/findings' : `/findings?${query.toString()}`;
}
