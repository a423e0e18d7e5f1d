import { readFileSync } from 'node:fs';
import { UsageError } from '../config/option.js';
import { checks } from '../exam/checks/index.js';
import { suggest } from '../input/did-you-mean.js';
import { check } from '../world/check-document.js';
import { formatMistake } from '../input/document/files.js';
import { readDocument } from '../input/document/read-document.js';
import { ExamFileSchema, ExpectedFailuresSchema } from './exam-file-schema.js';
import type { TSchema } from 'typebox';
import type { GivenTexts } from '../config/option.js';
import type { Mistake } from '../input/mistake.js';
import type { FileKind } from '../input/document/read-document.js';
import type { ExamFile, ExpectedFailures } from './exam-file-schema.js';

/** The options that a file gives, as texts like those of the command line, and the failures that it expects. */
export interface ReadExamFile {
  readonly given: GivenTexts;
  readonly expected: ExpectedFailures;
}

const examKind = { called: 'an exam file', empty: '{} for an exam without options' };
const expectedKind = { called: 'a file of expected failures', empty: '[] for none' };

/**
 * Reads a file with the options of an exam.
 *
 * @throws UsageError with every mistake, as `file:line:column: path: message`
 */
export function readExamFile(file: string): ReadExamFile {
  const read = readChecked(file, ExamFileSchema, examKind, ({ expectedFailures = [] }: ExamFile) =>
    wrongIds(expectedFailures, 'expectedFailures.'),
  );
  const { $schema: _, expectedFailures: expected = [], login, reports = {}, ...plain } = read;
  const given = Object.entries(plain).map(([name, value]) => [name, Array.isArray(value) ? value : [String(value)]]);
  const fields = Object.entries(login?.fields ?? {}).map(([name, value]) => `${name}=${value}`);
  const files = Object.entries(reports).map(([format, path]) => `${format}=${String(path)}`);
  return {
    given: {
      ...(Object.fromEntries(given) as GivenTexts),
      ...(login === undefined ? {} : { login: [login.url], loginField: fields }),
      ...(files.length === 0 ? {} : { report: files }),
    },
    expected,
  };
}

/**
 * Reads a file with expected failures: a list of `{ id, reason }`.
 *
 * @throws UsageError with every mistake
 */
export const readExpectedFailures = (file: string): ExpectedFailures =>
  readChecked(file, ExpectedFailuresSchema, expectedKind, (list: ExpectedFailures) => wrongIds(list, ''));

/** Ids of checks that do not exist, or that are given twice. */
function wrongIds(list: ExpectedFailures, prefix: string): Mistake[] {
  const ids = checks.map(({ id }) => id);
  const mistake = (id: string, i: number): string | undefined => {
    if (!ids.includes(id)) return `there is no check ${JSON.stringify(id)}${suggest(id, ids)}`;
    return list.findIndex((other) => other.id === id) < i ? `${JSON.stringify(id)} is here twice` : undefined;
  };
  return list.flatMap(({ id }, i) => {
    const message = mistake(id, i);
    return message === undefined ? [] : [{ path: `${prefix}${i}.id`, message }];
  });
}

function readChecked<T>(file: string, schema: TSchema, kind: FileKind, meaning: (value: T) => Mistake[]): T {
  const read = readDocument(textOf(file), file, kind);
  if (read.place === undefined) throw wrong(read.mistakes.map(formatMistake));
  const shape = check(schema, read.value);
  const mistakes = shape.length > 0 ? shape : meaning(read.value as T);
  if (mistakes.length > 0) throw wrong(mistakes.map((mistake) => formatMistake(read.place(mistake))));
  return read.value as T;
}

const wrong = (lines: readonly string[]): UsageError => new UsageError(lines.join('\n'));

function textOf(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    throw new UsageError(`${JSON.stringify(file)} cannot be read: ${(error as Error).message}`);
  }
}
