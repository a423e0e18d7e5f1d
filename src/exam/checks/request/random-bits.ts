/** Length from which a common beginning or end is no chance: random hex digits share 8 once in 2^32 pairs. */
const sharedByDesign = 8;

/** Characters beside a common part that can be equal by chance. */
const sharedByChance = 4;

/** The form of a UUID: 122 of its 128 bits can be random. */
const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Most random bits that two values of one client can have, by their characters and their length. What they share at
 * their beginning and end is not random: the name of an application, a counter, the time in a UUID. Whether they are
 * equal is judged by another check.
 */
export function randomBitsOf(first: string, second: string): number {
  if (first === second) return bitsOf(first, first);
  const start = nonRandomLength(sharedLength((index) => first.at(index) === second.at(index)));
  const most = Math.min(first.length, second.length) - start;
  const end = nonRandomLength(
    Math.min(
      sharedLength((index) => first.at(-1 - index) === second.at(-1 - index)),
      most,
    ),
  );
  return Math.min(...[first, second].map((value) => bitsOf(value, value.slice(start, value.length - end))));
}

function bitsOf(whole: string, own: string): number {
  if (own === whole && uuid.test(whole)) return 122;
  // hyphens only separate groups of digits; in base64url they are digits themselves
  const digits = own.replaceAll('-', '');
  if (/^[0-9]*$/.test(digits)) return Math.floor(digits.length * Math.log2(10));
  return /^[0-9a-f]+$/i.test(digits) ? digits.length * 4 : own.length * 6;
}

/** Number of characters of two different texts that are equal, from the first on. */
function sharedLength(isEqualAt: (index: number) => boolean): number {
  let length = 0;
  while (isEqualAt(length)) length += 1;
  return length;
}

/** Length of a common part that is not there by chance. */
const nonRandomLength = (shared: number): number => (shared < sharedByDesign ? 0 : shared - sharedByChance);
