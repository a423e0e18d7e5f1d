import { rfcLinks } from './rfc-links.js';
import type { JSX } from 'preact';

/** A text that names RFCs, with a link at each. The links lead to another host, so they open only by a click. */
export function Clause({ text }: { readonly text: string }): JSX.Element {
  return (
    <>
      {rfcLinks(text).map((part) =>
        part.href === undefined ? (
          part.text
        ) : (
          <a key={part.text} href={part.href} target="_blank" rel="noreferrer">
            {part.text}
          </a>
        ),
      )}
    </>
  );
}
