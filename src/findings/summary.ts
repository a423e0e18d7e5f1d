import type { CheckedExpectation } from './expectations.js';
import type { SuppressedFinding, Finding } from './finding.js';
import type { Severity } from './severity.js';

/** Counts of a report. */
export interface Summary {
  readonly error: number;
  readonly warning: number;
  readonly note: number;
  readonly suppressed: number;
  /** Findings below the requested severity. */
  readonly hidden: number;
  readonly expectationsPassed: number;
  readonly expectationsFailed: number;
}

interface Counted {
  /** Findings that are not suppressed. */
  readonly unsuppressed: readonly Finding[];
  /** Those that reach the requested severity. */
  readonly findings: readonly Finding[];
  readonly suppressed: readonly SuppressedFinding[];
  readonly expectations: readonly CheckedExpectation[];
}

/** Counts the findings and expectations of a report. */
export function summarize({ unsuppressed, findings, suppressed, expectations }: Counted): Summary {
  const count = (severity: Severity): number => findings.filter((finding) => finding.severity === severity).length;
  const expectationsPassed = expectations.filter(({ passed }) => passed).length;
  return {
    error: count('error'),
    warning: count('warning'),
    note: count('note'),
    suppressed: suppressed.length,
    hidden: unsuppressed.length - findings.length,
    expectationsPassed,
    expectationsFailed: expectations.length - expectationsPassed,
  };
}
