import type { JSX } from 'preact';

/** A text that may be broken after the separators of a URL, so that its words stay whole. */
export const Breakable = ({ text }: { readonly text: string }): JSX.Element => (
  <>{text.split(/(?<=[/?&])/).flatMap((part) => [<wbr />, part])}</>
);
