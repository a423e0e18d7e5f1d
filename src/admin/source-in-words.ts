const words = new Map([
  ['SEEN(d)', 'documented by the provider'],
  ['SEEN(d, old)', 'documented by the provider in an old version'],
  ['MEASURED', "measured on the provider's framework"],
  ['INFERRED', 'follows from its framework'],
  ['GUESS', 'assumed, without a source'],
]);

/** Says in words how sure a behaviour is. A confidence that is not known is returned as it is. */
export const confidenceInWords = (confidence: string): string =>
  confidence
    .split(/, (?=[A-Z])/)
    .map((each) => words.get(each) ?? clientsInWords(each))
    .join('; ');

function clientsInWords(confidence: string): string {
  const count = /^SEEN\(c×(\d+)(\+?)\)$/.exec(confidence);
  if (count === null) return confidence;
  const [, number = '', more = ''] = count;
  return `seen in ${number}${more === '' ? '' : ' or more'} real client${number === '1' ? '' : 's'}`;
}

/** Where a behaviour is known from, and how sure it is, as a sentence. */
export function sourceInWords({
  source,
  confidence,
}: {
  readonly source: string;
  readonly confidence: string;
}): string {
  const sureness = confidenceInWords(confidence);
  if (source === 'no source') return sureness.slice(0, 1).toUpperCase() + sureness.slice(1);
  return `Source: ${source} · ${sureness}`;
}
