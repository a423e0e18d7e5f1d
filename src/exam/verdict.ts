/** Every verdict, in the order of reports. */
export const verdicts = ['failed', 'unsteady', 'warned', 'not-seen', 'passed', 'not-applicable'] as const;

/** What an exam says of one check. `unsteady`: repetitions had different verdicts. */
export type Verdict = (typeof verdicts)[number];

/** Whether the client does not do what the check asks for, each time or sometimes. */
export const isBroken = ({ verdict }: { readonly verdict: Verdict }): boolean =>
  verdict === 'failed' || verdict === 'unsteady';
