/** A choice of a select, as value and text. */
export interface Choice {
  readonly value: string;
  readonly text: string;
}

/** A choice for each value. Without `textOf`, its text is the value itself. */
export const choicesOf = (values: readonly string[], textOf = (value: string): string => value): Choice[] =>
  values.map((value) => ({ value, text: textOf(value) }));

/** Choices with one before them that stands for all, and with the present value, also if it is unknown. */
export function withAll(all: string, choices: readonly Choice[], value = ''): Choice[] {
  const isKnown = value === '' || choices.some((choice) => choice.value === value);
  return [{ value: '', text: all }, ...choices, ...choicesOf(isKnown ? [] : [value])];
}
