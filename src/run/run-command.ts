import { hasFailed } from '../findings/failure.js';
import { formats } from '../findings/formats/index.js';
import { allFindings } from './all-findings.js';
import { runChild } from './child.js';
import { environmentOf } from './environment-of.js';
import { makeFolder, removeFolder } from './folder.js';
import { writeReportFile } from './report-files.js';
import type { FormatName } from '../findings/formats/names.js';
import type { FailOn } from '../findings/severity.js';
import type { Environment } from '../config/option.js';
import type { Found } from './all-findings.js';
import type { ChildOptions } from './child.js';
import type { EnvironmentOptions } from './environment-of.js';
import type { ReportFile } from './report-files.js';

/** How a command is run and judged. */
export interface RunOptions extends ChildOptions, EnvironmentOptions {
  readonly env: Environment;
  readonly reports: readonly ReportFile<FormatName>[];
  readonly failOn: FailOn;
  /** Whether a run without a request to a provider may pass. */
  readonly allowNoRequests: boolean;
  /** Writes a line to standard error: standard output belongs to the command. */
  readonly err: (line: string) => void;
}

/** The exit code if the command passed, but what its clients did fails the run. */
const failedByFindings = 3;
/** The exit code if the command passed, but no client was tested. `understudy report` has the same. */
const failedUntested = 2;

/**
 * Runs a command whose clients reach the server, then reports what they did.
 *
 * @returns the exit code of the command, or, if it passed: 3 if the findings fail the run, 2 if no client was tested
 * @throws NotStarted; UsageError if a report cannot be written
 */
export async function runCommand(command: readonly string[], options: RunOptions): Promise<number> {
  const { server, adminToken, failOn, reports, err } = options;
  const folder = makeFolder();
  let code: number;
  try {
    code = await runChild(command, { ...options, env: await environmentOf(folder, options) });
  } finally {
    removeFolder(folder);
  }
  const found = await allFindings(server.url, adminToken);
  err(summaryOf(found, options));
  const all = found.untested === undefined ? found.all : { ...found.all, worlds: [found.untested] };
  for (const { format, file } of reports) {
    writeReportFile(file, formats[format].writeAll(all, failOn, options.allowNoRequests));
  }
  if (code !== 0) return code;
  if (all.worlds.some((report) => hasFailed(report, failOn))) return failedByFindings;
  return found.untested === undefined || options.allowNoRequests ? 0 : failedUntested;
}

/** The findings, or that there is nothing to judge: a client that was not tested is no success. */
function summaryOf({ all, untested }: Found, { failOn, allowNoRequests, server }: RunOptions): string {
  if (untested === undefined) return formats.text.writeAll(all, failOn).trimEnd();
  const origins = server.worlds.providers.map(({ origin }) => origin).join(', ');
  const line =
    `understudy: no request reached a provider, so no client was tested; it called none of ${origins}, ` +
    `or it ignores the proxy variables${allowNoRequests ? '' : '; --allow-no-requests lets such a run pass'}`;
  return hasFailed(untested, failOn) ? `${line}\n${formats.text.write(untested, failOn).trimEnd()}` : line;
}
