/** Severities of findings, highest first. */
export const severities = ['error', 'warning', 'note'] as const;
/** The severity of a finding. */
export type Severity = (typeof severities)[number];

/** The lowest severity that fails a run. `never`: findings are reported, but the run does not fail. */
export type FailOn = Severity | 'never';

/** Whether a severity is at least as high as another. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold);
}
