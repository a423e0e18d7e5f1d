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

/** Writes the query string of the call for findings. */
export function findingsQuery({ severity, suppress = {} }: FindingsOptions, more: Record<string, string> = {}): string {
  const parameters = new URLSearchParams(severity === undefined ? more : { severity, ...more });
  for (const [rule, reason] of Object.entries(suppress)) parameters.append('suppress', `${rule}: ${reason}`);
  return `?${parameters.toString()}`;
}
