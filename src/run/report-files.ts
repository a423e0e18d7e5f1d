import { statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from '../config/option.js';
import { formatNames } from '../findings/formats/names.js';
import { suggest } from '../input/did-you-mean.js';
import type { FormatName } from '../findings/formats/names.js';

/** A report that is written to a file. */
export interface ReportFile {
  readonly format: FormatName;
  readonly file: string;
}

/**
 * Reads the values of `--report`: `junit=out/findings.xml`. A mistake is told before anything runs.
 *
 * @throws UsageError for an unknown format, or a folder that does not exist
 */
export function readReportFiles(texts: readonly string[]): ReportFile[] {
  return texts.map((text) => {
    const [, name = '', file = ''] = /^([^=]*)=(.+)$/s.exec(text) ?? [];
    const format = formatNames.find((each) => each === name);
    if (file === '') {
      throw new UsageError(`--report is ${JSON.stringify(text)}; expected FORMAT=FILE, such as junit=findings.xml`);
    }
    if (format === undefined) {
      throw new UsageError(`--report: there is no format ${JSON.stringify(name)}${suggest(name, formatNames)}`);
    }
    if (statSync(dirname(file), { throwIfNoEntry: false })?.isDirectory() !== true) {
      throw new UsageError(`--report ${text}: there is no folder ${JSON.stringify(dirname(file))}`);
    }
    return { format, file };
  });
}

/** @throws UsageError if the file cannot be written */
export function writeReportFile(file: string, text: string): void {
  try {
    writeFileSync(file, text);
  } catch (error) {
    throw new UsageError(`the report ${JSON.stringify(file)} cannot be written: ${(error as Error).message}`);
  }
}
