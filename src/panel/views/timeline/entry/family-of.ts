import type { Family } from '../../../../client/index.js';

/** The ids of the entries in which a family was issued or used. */
const entriesOf = ({ code, tokens }: Family): (number | null)[] => [
  ...(code?.uses ?? []).map(({ entry }) => entry),
  ...tokens.flatMap(({ boughtBy, uses }) => [boughtBy, ...uses.map(({ entry }) => entry)]),
];

/** The family that an entry issued or used. Otherwise one of another entry of its flow, if there is one. */
export function familyOf(families: readonly Family[], id: number, flow: readonly number[]): Family | undefined {
  return (
    families.find((family) => entriesOf(family).includes(id)) ??
    families.find((family) => entriesOf(family).some((entry) => entry !== null && flow.includes(entry)))
  );
}
