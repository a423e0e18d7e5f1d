/** Maximum of a finite lifetime and of a clock change, in seconds: a hundred years. */
const longestSeconds = 36_500 * 86_400;

/** Maximum real time that a fault may delay an answer, in seconds. */
export const longestWaitSeconds = 600;

const unitSeconds: ReadonlyMap<string, number> = new Map(
  Object.entries({ ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 }),
);

/** Pattern of a duration: `90s`, `61m`, `2h30m`, `500ms`, an ISO 8601 duration such as `PT15M`, or `never`. */
export const durationPattern =
  '^(never|(\\d+(\\.\\d+)?(ms|s|m|h|d))+|P(?=.)(\\d+W)?(\\d+D)?(T(?=.)(\\d+H)?(\\d+M)?(\\d+(\\.\\d+)?S)?)?)$';
const durationRegExp = new RegExp(durationPattern);

/**
 * Reads a duration as seconds, rounded to whole milliseconds; `never` is Infinity. Returns undefined if the text is not
 * a duration.
 */
export function parseDuration(text: string): number | undefined {
  if (!durationRegExp.test(text)) return undefined;
  if (text === 'never') return Infinity;
  // ISO 8601 writes the same unit letters in capitals. "M" for months never occurs: the pattern does not allow it
  const parts = text.toLowerCase().matchAll(/(\d+(?:\.\d+)?)(ms|s|m|h|d|w)/g);
  let seconds = 0;
  for (const [, amount, unit] of parts) seconds += Number(amount) * (unitSeconds.get(unit as string) as number);
  return Math.round(seconds * 1000) / 1000;
}

/** Reads a duration that a schema has already checked, as seconds. */
export const secondsOf = (text: string): number => parseDuration(text) as number;

/** Reads a duration that a schema has already checked, as milliseconds. */
export const millisecondsOf = (text: string): number => secondsOf(text) * 1000;

/** Whether a duration is `never` or at most `longestSeconds`. Other text passes: `durationPattern` refuses it. */
export function isBoundedDuration(text: string): boolean {
  // not Infinity: a number with too many digits is Infinity too
  return text === 'never' || (parseDuration(text) ?? 0) <= longestSeconds;
}

/** Whether a text is a duration of at most `longestWaitSeconds`. */
export function isWait(text: string): boolean {
  return (parseDuration(text) ?? Infinity) <= longestWaitSeconds;
}

/** Writes seconds in the shortest exact form: 5400 is `1h30m`. */
export function formatDuration(seconds: number): string {
  if (seconds === Infinity) return 'never';
  let rest = Math.round(seconds * 1000);
  let text = '';
  for (const unit of ['d', 'h', 'm', 's', 'ms']) {
    const size = (unitSeconds.get(unit) as number) * 1000;
    const amount = Math.floor(rest / size);
    rest -= amount * size;
    if (amount > 0) text += `${String(amount)}${unit}`;
  }
  return text === '' ? '0s' : text;
}
