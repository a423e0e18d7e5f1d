const units = [
  { ms: 86_400_000, one: 'day', many: 'days' },
  { ms: 3_600_000, one: 'h', many: 'h' },
  { ms: 60_000, one: 'min', many: 'min' },
  { ms: 1000, one: 's', many: 's' },
  { ms: 1, one: 'ms', many: 'ms' },
];

/** A length of time in its two largest units, for a sentence: `2 days 2 h`, `1 s 500 ms`. The rest is left out. */
export function describeLength(milliseconds: number): string {
  let rest = Math.floor(milliseconds);
  const largest = units.findIndex(({ ms }) => ms <= rest);
  if (largest < 0) return '0 s';
  const parts = units.slice(largest, largest + 2).flatMap(({ ms, one, many }) => {
    const amount = Math.floor(rest / ms);
    rest -= amount * ms;
    return amount === 0 ? [] : [`${amount} ${amount === 1 ? one : many}`];
  });
  return parts.join(' ');
}
