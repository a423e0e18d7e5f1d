import type { FailOn } from '../../findings/severity.js';

/** How a result is written. */
export interface ReportOptions {
  /** The lowest severity that fails the run. */
  readonly failOn: FailOn;
}
