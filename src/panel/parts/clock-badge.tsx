import { isAtEnd } from '../clock-end.js';
import { Badge } from './badge.js';
import type { JSX } from 'preact';

interface ClockBadgeProps {
  readonly of: { readonly frozen: boolean; readonly rate: number };
  /** Its virtual time, in milliseconds since the epoch. */
  readonly now: number;
}

/** How a clock goes. Nothing if it is one second for each real second. */
export function ClockBadge({ of: { frozen, rate }, now }: ClockBadgeProps): JSX.Element | null {
  const text = frozen ? 'frozen' : isAtEnd(now) ? 'at its end' : rate === 1 ? undefined : `× ${rate}`;
  return text === undefined ? null : <Badge tone="info">{text}</Badge>;
}
