/** Every verdict, in the order of reports. */
export const verdicts = ['failed', 'unsteady', 'warned', 'not-seen', 'passed', 'not-applicable'] as const;

/** What an exam says of one check. `unsteady`: repetitions had different verdicts. */
export type Verdict = (typeof verdicts)[number];

/** Groups of checks, in the order in which they run. */
export const groups = ['request', 'callback', 'token-request', 'token-answer', 'life', 'api', 'people', 'end'] as const;

/** A group of checks. */
export type Group = (typeof groups)[number];

/** The grades, from the best. */
export const grades = ['A', 'B', 'C', 'D', 'F'] as const;

/** A grade. */
export type Grade = (typeof grades)[number];

/** Names of the formats of an exam's result. */
export const examFormatNames = ['text', 'json', 'junit', 'sarif', 'markdown', 'html'] as const;

/** The name of a format of an exam's result. */
export type ExamFormatName = (typeof examFormatNames)[number];
