/** Measurements whose answers are not among the recorded cases of `test/oracle/golden.json`. */
export const otherMeasurements = [
  'run: Doorkeeper 5.5.0 to 5.9.6, compared',
  'run: Doorkeeper 5.6.6, an answer that is not in the replay',
  'run: the backend of the self-hosted edition',
] as const;

/** What shows a measured fact: a recorded case, such as `refresh/form`, or another measurement. */
export type Evidence = `${string}/${string}` | (typeof otherMeasurements)[number];
