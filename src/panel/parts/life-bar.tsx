import { checkedNow } from '../clock-state.js';
import { lifeAt } from '../life.js';
import type { JSX } from 'preact';
import type { Life } from '../life.js';

interface LifeBarProps {
  readonly life: Life;
  /** Says `in 12 minutes` instead of `12 minutes left`. */
  readonly isAhead?: boolean;
}

/** A bar that runs out with the clock of the world, with words beside it. */
export function LifeBar({ life, isAhead = false }: LifeBarProps): JSX.Element | null {
  const now = checkedNow();
  if (now === undefined) return null;
  const { state, left, words, span } = lifeAt(life, now);
  return (
    <span class={`life ${state}`}>
      <span class="life-bar" aria-hidden="true">
        <span style={{ inlineSize: `${left * 100}%` }} />
      </span>
      <span class="life-words">{isAhead && span !== undefined ? `in ${span}` : words}</span>
    </span>
  );
}
