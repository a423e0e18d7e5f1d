/** A point in time with its offset: without one it would mean another time on every machine. */
const written = /^\d{4}-\d\d-(\d\d)T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/i;

/** Whether text is a point in time such as 2026-01-01T00:00:00Z, on a day that there is. */
export function isInstant(text: string): boolean {
  const [, day] = written.exec(text) ?? [];
  if (day === undefined || Number.isNaN(Date.parse(text))) return false;
  // the 30th of February is read as the 2nd of March
  return new Date(`${text.slice(0, 10)}T00:00:00Z`).getUTCDate() === Number(day);
}
