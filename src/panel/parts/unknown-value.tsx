import { filter } from '../navigation.js';
import type { JSX } from 'preact';

interface UnknownValueProps {
  /** The name of a parameter of the URL. */
  readonly name: string;
  readonly known: readonly string[];
  /** Which values exist, if `known` has not all. */
  readonly words?: string;
}

/** Says that a parameter of the URL has a value that the view does not know. Nothing if it knows it. */
export function UnknownValue({ name, known, words = known.join(', ') }: UnknownValueProps): JSX.Element | null {
  const given = filter(name);
  if (given === undefined || known.includes(given)) return null;
  return (
    <p class="note warning">
      The parameter {name} has no value “{given}”. It can be: {words}.
    </p>
  );
}
