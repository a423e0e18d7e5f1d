import type { Severity } from '../findings/severity.js';
import type { RuleId } from '../findings/rules/index.js';

/** What of the findings is told. */
export interface FindingsOptions {
  /** The least grave ones. Left out: `note`, which is all. */
  readonly severity?: Severity;
  /** Rules whose findings are known and accepted, each with the reason; beside those of the scenario. */
  readonly suppress?: Readonly<Partial<Record<RuleId, string>>>;
}

/** Which token families are meant; what is left out does not matter. */
export interface FamilySelection {
  readonly provider?: string;
  readonly clientId?: string;
  readonly userId?: string;
  /** As a finding names it. */
  readonly id?: string;
}

/** The query of a call for findings. */
export function findingsQuery({ severity, suppress = {} }: FindingsOptions): string {
  const parameters = new URLSearchParams(severity === undefined ? {} : { severity });
  for (const [rule, reason] of Object.entries(suppress)) parameters.append('suppress', `${rule}: ${reason}`);
  return `?${parameters.toString()}`;
}
