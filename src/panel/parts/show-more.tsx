import { Button } from './button.js';
import type { JSX } from 'preact';

interface ShowMoreProps {
  /** Number of items that are not shown. */
  readonly hidden: number;
  /** Number of items that the button adds. */
  readonly step: number;
  readonly onMore: () => void;
}

/** The button that shows more of a list. */
export const ShowMore = ({ hidden, step, onMore }: ShowMoreProps): JSX.Element => (
  <Button onClick={onMore}>Show {Math.min(step, hidden)} more</Button>
);
