import { junit } from './junit.js';
import { markdown } from './markdown.js';
import { sarif } from './sarif.js';
import type { Report } from '../report.js';
import type { FailOn } from '../severity.js';
import type { FormatName } from './names.js';

/** One format of reports. */
export interface Format {
  readonly mediaType: string;
  readonly write: (report: Report, failOn: FailOn) => string;
}

/** All formats by name. */
export const formats: Readonly<Record<FormatName, Format>> = {
  json: { mediaType: 'application/json; charset=utf-8', write: (report) => `${JSON.stringify(report, null, 2)}\n` },
  junit: { mediaType: 'application/xml; charset=utf-8', write: junit },
  sarif: { mediaType: 'application/sarif+json; charset=utf-8', write: sarif },
  markdown: { mediaType: 'text/markdown; charset=utf-8', write: markdown },
};
