import type { ComponentChildren, JSX } from 'preact';
import type { Tone } from './tone.js';

/** A word on a colour. */
export function Badge({ tone, children }: { readonly tone: Tone; readonly children: ComponentChildren }): JSX.Element {
  return <span class={`badge ${tone}`}>{children}</span>;
}
