/** How grave a finding is, the gravest first. */
export const severities = ['error', 'warning', 'note'] as const;
export type Severity = (typeof severities)[number];

/** From which severity on a finding fails a run; `never`: it is told, and nothing fails. */
export type FailOn = Severity | 'never';

/** Tells whether a severity is at least as grave as another. */
export function isAtLeast(severity: Severity, threshold: Severity): boolean {
  return severities.indexOf(severity) <= severities.indexOf(threshold);
}
