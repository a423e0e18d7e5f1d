const words = new Map([
  ['SEEN(d)', 'documented by the provider'],
  ['SEEN(d, old)', 'documented by the provider in an old version'],
  ['MEASURED', "measured on the provider's framework"],
  ['INFERRED', 'follows from its framework'],
  ['GUESS', 'assumed, without a source'],
]);

/** Says in words how sure a behaviour is. A grade that is not known is returned as it is. */
export const confidenceInWords = (confidence: string): string =>
  confidence
    .split(/, (?=[A-Z])/)
    .map((grade) => words.get(grade) ?? clientsInWords(grade))
    .join('; ');

function clientsInWords(grade: string): string {
  const count = /^SEEN\(c×(\d+)(\+?)\)$/.exec(grade);
  if (count === null) return grade;
  const [, number = '', more = ''] = count;
  return `seen in ${number}${more === '' ? '' : ' or more'} real client${number === '1' ? '' : 's'}`;
}

/** Where a behaviour is known from, and how sure it is, as a sentence. */
export function evidenceInWords({
  source,
  confidence,
}: {
  readonly source: string;
  readonly confidence: string;
}): string {
  const grade = confidenceInWords(confidence);
  if (source === 'no source') return grade.slice(0, 1).toUpperCase() + grade.slice(1);
  return `Source: ${source} · ${grade}`;
}
