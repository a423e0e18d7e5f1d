/** The maximum of a virtual clock, in milliseconds since the epoch. */
export const endOfTime = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** Whether a clock has reached its maximum: it stands there, whatever its rate. `now` is its virtual time. */
export const isAtEnd = (now: number): boolean => now >= endOfTime;
