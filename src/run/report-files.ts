import { closeSync, existsSync, openSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from '../config/option.js';
import { suggest } from '../input/did-you-mean.js';

/** A report that is written to a file. */
export interface ReportFile<Name extends string> {
  readonly format: Name;
  readonly file: string;
}

/**
 * Reads the values of `--report`: `junit=out/findings.xml`. A mistake is told before anything runs.
 *
 * @throws UsageError for an unknown format, a folder that does not exist, or a folder in place of a file
 */
export function readReportFiles<Name extends string>(
  texts: readonly string[],
  formatNames: readonly Name[],
): ReportFile<Name>[] {
  return texts.map((text) => {
    const [, name = '', file = ''] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
    const format = formatNames.find((each) => each === name);
    if (file === '') {
      throw new UsageError(`--report is ${JSON.stringify(text)}; expected FORMAT=FILE, such as junit=report.xml`);
    }
    if (format === undefined) {
      throw new UsageError(`--report: there is no format ${JSON.stringify(name)}${suggest(name, formatNames)}`);
    }
    if (statSync(dirname(file), { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw new UsageError(`--report ${text}: there is no folder ${JSON.stringify(dirname(file))}`);
    }
    if (statSync(file, { throwIfNoEntry: false })?.isDirectory() === true) {
      throw new UsageError(`--report ${text}: ${JSON.stringify(file)} is a folder; expected a file`);
    }
    return { format, file };
  });
}

/**
 * Tries whether the files can be written, before what they report on takes its time. Files that exist are unchanged.
 *
 * @throws UsageError
 */
export function refuseUnwritable(reports: readonly ReportFile<string>[]): void {
  for (const { file } of reports) {
    const isNew = !existsSync(file);
    writing(file, () => {
      closeSync(openSync(file, isNew ? 'wx' : 'r+'));
    });
    if (isNew) rmSync(file);
  }
}

/** @throws UsageError if the file cannot be written */
export function writeReportFile(file: string, text: string): void {
  writing(file, () => {
    writeFileSync(file, text);
  });
}

function writing(file: string, write: () => void): void {
  try {
    write();
  } catch (error) {
    throw new UsageError(`the report ${JSON.stringify(file)} cannot be written: ${(error as Error).message}`);
  }
}
