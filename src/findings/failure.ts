import { isAtLeast } from './severity.js';

import type { Report } from './report.js';
import type { Finding } from './finding.js';
import type { FailOn } from './severity.js';

/** Whether a finding is severe enough to fail a run. */
export function fails({ severity }: Finding, failOn: FailOn): boolean {
  return failOn !== 'never' && isAtLeast(severity, failOn);
}

/** Whether a run failed: because of a severe finding, or an expectation that was not met. */
export function hasFailed({ findings, expectations }: Report, failOn: FailOn): boolean {
  return (
    failOn !== 'never' &&
    (findings.some((finding) => fails(finding, failOn)) || expectations.some(({ passed }) => !passed))
  );
}
