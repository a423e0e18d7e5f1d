import type { FlowSeries } from './flows.js';
import type { Memory, StartSeries } from './footprint.js';
import type { Latency } from './half-load.js';
import type { LibraryTimes } from './library-times.js';
import type { Series } from './throughput.js';

/** What one run has measured. Parts that a quick run leaves out are empty. */
export interface Results {
  readonly pairs: number;
  readonly requests: number;
  readonly series: readonly Series[];
  readonly flows: readonly FlowSeries[];
  readonly latencies: readonly Latency[];
  readonly starts: readonly StartSeries[];
  readonly memory: readonly Memory[];
  readonly library: LibraryTimes | undefined;
  readonly installs: ReadonlyMap<string, number>;
  readonly bundle: { readonly plain: number; readonly gzip: number };
  readonly minutes: number;
  /** One-minute load average of the machine, before and after. */
  readonly machineLoad: readonly [number, number];
}
