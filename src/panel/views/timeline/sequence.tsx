import type { JSX } from 'preact';

/** The sequence diagram of a flow. */
export function Sequence({ flow }: { readonly flow: string }): JSX.Element {
  return <p>Sequence of {flow}</p>;
}
