/** Every verdict, in the order of reports. */
export const verdicts = ['failed', 'unsteady', 'warned', 'not-seen', 'passed', 'not-applicable'] as const;

/** What an exam says of one check. `unsteady`: repetitions had different verdicts. */
export type Verdict = (typeof verdicts)[number];
