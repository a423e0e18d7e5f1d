import { checkObject, checkOptions, wrongArgument } from './arguments.js';
import type { Severity } from '../findings/severity.js';
import type { RuleId } from '../findings/rules/index.js';

/** What a report of findings contains. */
export interface FindingsOptions {
  /** The lowest severity in the report. Default: `note`, which includes every finding. */
  readonly severity?: Severity;
  /** Rules whose findings are accepted, each with the reason, in addition to those of the scenario. */
  readonly suppress?: Readonly<Partial<Record<RuleId, string>>>;
}

/** How a world or a server is closed. */
export interface CloseOptions {
  /** Asks for the findings before the end, and returns them. True: every finding. */
  readonly report: true | FindingsOptions;
}

/** Checks the options of a report, which are those of `findings`, or `report` of those of `close`. */
export function checkFindings(call: string, options: unknown, argument?: string): void {
  checkOptions<FindingsOptions>(call, options, { severity: 'a text', suppress: 'anything' }, argument);
  const { suppress = {} } = options as FindingsOptions;
  checkObject(call, 'suppress', suppress, "an object such as { 'state-reused': 'the reason' }");
}

/** The options of the report that `close` was asked for. Undefined: it was asked for none. */
export function reportIn(options: unknown): FindingsOptions | undefined {
  checkOptions<CloseOptions>('close', options, { report: 'anything' });
  const { report } = options as Partial<CloseOptions>;
  if (report === undefined) return undefined;
  if (report === true) return {};
  checkReport(report);
  return report;
}

function checkReport(report: unknown): void {
  if (typeof report !== 'object') throw wrongArgument('close', 'report', report, 'true, or options of findings');
  checkFindings('close', report, 'report');
}

/** Writes the query string of the call for findings. */
export function findingsQuery({ severity, suppress = {} }: FindingsOptions, more: Record<string, string> = {}): string {
  const parameters = new URLSearchParams(severity === undefined ? more : { severity, ...more });
  for (const [rule, reason] of Object.entries(suppress)) parameters.append('suppress', `${rule}: ${reason}`);
  return `?${parameters.toString()}`;
}
