import type { JSX } from 'preact';

/** An open entry of the journal. */
export function EntryPane({ id }: { readonly id: number }): JSX.Element {
  return <p>Entry {id}</p>;
}
