import { escapeBidi } from '../../input/printable.js';
import { html } from './html.js';
import { junit } from './junit.js';
import { markdown } from './markdown.js';
import { sarif } from './sarif.js';
import { text } from './text.js';
import type { ExamResult } from '../result.js';
import type { ExamFormatName } from './names.js';
import type { ReportOptions } from './report-options.js';

/** Writes a result in one format. */
export type ExamFormat = (result: ExamResult, options: ReportOptions) => string;

/** A format for people: no text of a client changes the direction of writing. */
const forPeople =
  (write: ExamFormat): ExamFormat =>
  (result, options) =>
    escapeBidi(write(result, options));

/** All formats by name. */
export const examFormats: Readonly<Record<ExamFormatName, ExamFormat>> = {
  text,
  json: (result) => `${JSON.stringify(result, null, 2)}\n`,
  junit: forPeople(junit),
  sarif,
  markdown: forPeople(markdown),
  html,
};
