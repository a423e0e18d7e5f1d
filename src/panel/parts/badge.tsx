import type { ComponentChildren, JSX } from 'preact';

/** What a colour means. A badge always has a word as well. */
export type Tone = 'good' | 'danger' | 'warning' | 'info' | 'fault' | 'quiet';

/** A word on a colour. */
export function Badge({ tone, children }: { readonly tone: Tone; readonly children: ComponentChildren }): JSX.Element {
  return <span class={`badge ${tone}`}>{children}</span>;
}
