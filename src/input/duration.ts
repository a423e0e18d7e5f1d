/** Nothing lives, and no leap in time is, longer than a hundred years; only `never` is. */
export const longestSeconds = 36_500 * 86_400;

const unitSeconds: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** `90s`, `61m`, `2h30m`, `500ms`, an ISO 8601 duration such as `PT15M`, or `never`. */
export const durationPattern =
  '^(never|(\\d+(\\.\\d+)?(ms|s|m|h|d))+|P(?=.)(\\d+W)?(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?)$';
const wellFormed = new RegExp(durationPattern);

/** Reads a duration to seconds; `never` is Infinity. Undefined where it is none. */
export function parseDuration(text: string): number | undefined {
  if (!wellFormed.test(text)) return undefined;
  if (text === 'never') return Infinity;
  // in ISO 8601 the same letters are capital, and everything before the T is days
  const parts = text.toLowerCase().matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g);
  let seconds = 0;
  for (const [, amount, unit] of parts) seconds += Number(amount) * (unitSeconds[unit as string] as number);
  return seconds;
}

/** Reads a duration whose form was checked. */
export const secondsOf = (text: string): number => parseDuration(text) as number;

/** The milliseconds of a text that is known to be a duration. */
export const millisecondsOf = (text: string): number => secondsOf(text) * 1000;

/** Whether a duration ends within a hundred years, or never does. Text that is none is for the pattern to refuse. */
export function isBearable(text: string): boolean {
  const seconds = parseDuration(text) ?? 0;
  return seconds === Infinity || seconds <= longestSeconds;
}

/** Writes seconds in the shortest exact way: 5400 is `1h30m`. */
export function formatDuration(seconds: number): string {
  if (seconds === Infinity) return 'never';
  let rest = Math.round(seconds * 1000);
  let text = '';
  for (const unit of ['d', 'h', 'm', 's', 'ms']) {
    const size = (unitSeconds[unit] as number) * 1000;
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) text += `${String(amount)}${unit}`;
  }
  return text === '' ? '0s' : text;
}

/** Maximum real time that a fault may delay an answer, in seconds. */
export const longestWaitSeconds = 600;

/** Whether a text is a duration of at most `longestWaitSeconds`. */
export function isWait(text: string): boolean {
  return (parseDuration(text) ?? Infinity) <= longestWaitSeconds;
}
