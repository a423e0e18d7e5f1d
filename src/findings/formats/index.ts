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
  /** Writes the report on one world. */
  readonly write: (report: Report, failOn: FailOn) => string;
  /** Writes the reports on all worlds. */
  readonly writeAll: (all: AllReports, failOn: FailOn) => string;
}

const json = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/** A format for people: no text of a client changes the direction of writing. */
const forPeople = ({ mediaType, write, writeAll }: Format): Format => ({
  mediaType,
  write: (report, failOn) => escapeBidi(write(report, failOn)),
  writeAll: (all, failOn) => escapeBidi(writeAll(all, failOn)),
});

/** All formats by name. */
export const formats: Readonly<Record<FormatName, Format>> = {
  json: { mediaType: 'application/json; charset=utf-8', write: json, writeAll: json },
  junit: forPeople({
    mediaType: 'application/xml; charset=utf-8',
    write: (report, failOn) => junit([report], failOn),
    writeAll: ({ worlds }, failOn) => junit(worlds, failOn),
  }),
  sarif: {
    mediaType: 'application/sarif+json; charset=utf-8',
    write: (report, failOn) => sarif([report], failOn),
    writeAll: ({ worlds }, failOn) => sarif(worlds, failOn),
  },
  markdown: forPeople({ mediaType: 'text/markdown; charset=utf-8', write: markdown, writeAll: markdownOfAll }),
  text: forPeople({ mediaType: 'text/plain; charset=utf-8', write: text, writeAll: textOfAll }),
};
