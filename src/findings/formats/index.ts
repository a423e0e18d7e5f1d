import { junit } from './junit.js';
import { markdown, markdownOfAll } from './markdown.js';
import { sarif } from './sarif.js';
import { text, textOfAll } from './text.js';
import { escapeBidi } from '../../input/printable.js';
import type { AllReports } from '../all-reports.js';
import type { Report } from '../report.js';
import type { FailOn } from '../severity.js';
import type { FormatName } from './names.js';

/** One format of reports. */
export interface Format {
  readonly mediaType: string;
  /** Writes the report on one world. A report on no request is a failure, unless `allowNoRequests`. */
  readonly write: (report: Report, failOn: FailOn, allowNoRequests?: boolean) => string;
  /** Writes the reports on all worlds. */
  readonly writeAll: (all: AllReports, failOn: FailOn, allowNoRequests?: boolean) => string;
}

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/** A format for people: no text of a client changes the direction of writing. */
const forPeople = ({ mediaType, write, writeAll }: Format): Format => ({
  mediaType,
  write: (...args) => escapeBidi(write(...args)),
  writeAll: (...args) => escapeBidi(writeAll(...args)),
});

/** All formats by name. */
export const formats: Readonly<Record<FormatName, Format>> = {
  json: { mediaType: 'application/json; charset=utf-8', write: json, writeAll: json },
  junit: forPeople({
    mediaType: 'application/xml; charset=utf-8',
    write: (report, failOn, allowNoRequests = false) => junit([report], failOn, allowNoRequests),
    writeAll: ({ worlds }, failOn, allowNoRequests = false) => junit(worlds, failOn, allowNoRequests),
  }),
  sarif: {
    mediaType: 'application/sarif+json; charset=utf-8',
    write: (report, failOn, allowNoRequests = false) => sarif([report], failOn, allowNoRequests),
    writeAll: ({ worlds }, failOn, allowNoRequests = false) => sarif(worlds, failOn, allowNoRequests),
  },
  markdown: forPeople({ mediaType: 'text/markdown; charset=utf-8', write: markdown, writeAll: markdownOfAll }),
  text: forPeople({ mediaType: 'text/plain; charset=utf-8', write: text, writeAll: textOfAll }),
};
