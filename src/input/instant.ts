/** The last instant with a four-digit year, in milliseconds since the epoch. It is the maximum virtual time. */
export const endOfTime = Date.UTC(9999, 11, 31, 23, 59, 59, 999);

/** The first instant with a four-digit year, in milliseconds since the epoch. It is the minimum virtual time. */
export const startOfTime = Date.parse('0000-01-01T00:00:00Z');

/** Whether an instant, in milliseconds since the epoch, has a four-digit year in UTC. */
const isWithinTime = (at: number): boolean => at >= startOfTime && at <= endOfTime;

/** An ISO 8601 date and time with a UTC offset. Without an offset it would depend on the machine's time zone. */
const instantPattern = /^\d{4}-\d\d-(\d\d)T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/i;

/** Whether text is a point in time such as 2026-01-01T00:00:00Z, on an existing day, in the years 0 to 9999 in UTC. */
export function isInstant(text: string): boolean {
  const [, day] = instantPattern.exec(text) ?? [];
  if (day === undefined || !isWithinTime(Date.parse(text))) return false;
  // Date reads 30 February as 2 March
  return new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate() === Number(day);
}
