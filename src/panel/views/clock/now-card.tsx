import { useAction } from '../../api/use-action.js';
import { isAtEnd } from '../../clock-end.js';
import { clockReading, realNow, virtualNow } from '../../clock-state.js';
import { timeInUtc } from '../../format.js';
import { Badge } from '../../parts/badge.js';
import { Button } from '../../parts/button.js';
import { ClockBadge } from '../../parts/clock-badge.js';
import { Loading } from '../../parts/empty.js';
import { Card } from '../../parts/page.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { beside, paceOf, skewWords } from './clock-text.js';
import { backToRealTime, change } from './moves.js';
import type { JSX } from 'preact';

/** The virtual time, large, with how it goes. */
export function NowCard(): JSX.Element {
  const setting = useAction((perform: () => Promise<unknown>) => perform());
  const state = clockReading.value?.state;
  const now = virtualNow();
  if (state === undefined || now === undefined) {
    return (
      <Card>
        <Loading />
      </Card>
    );
  }
  const [day, time] = timeInUtc(now).split(' ');
  const { frozen, rate, skewSeconds } = state;
  return (
    <Card>
      <h2 class="hidden">Now</h2>
      <p class="clock-time">
        <span class="clock-day">{day} UTC</span>
        <time class="clock-hour" dateTime={new Date(now).toISOString()}>
          {time}
        </time>
      </p>
      <p class="clock-states">
        {frozen || isAtEnd(now) ? null : <Badge tone="good">running</Badge>}
        <ClockBadge of={state} now={now} />
        {frozen && rate !== 1 ? <Badge tone="info">× {rate}</Badge> : null}
        {skewSeconds === 0 ? null : (
          <Badge tone="warning">
            skew {skewSeconds > 0 ? '+' : '−'}
            {Math.abs(skewSeconds)} s
          </Badge>
        )}
      </p>
      <ul class="clock-words quiet">
        <li>{beside(now, Math.max(realNow.value, clockReading.value?.readAtMs ?? 0))}</li>
        <li>{paceOf(state, now)}</li>
        {skewSeconds === 0 ? null : <li>{skewWords(skewSeconds)}</li>}
      </ul>
      <ProblemNote problem={setting.problem} />
      <div class="actions">
        <Button
          isBusy={setting.isBusy}
          onClick={() => {
            setting.run(() => change({ frozen: !frozen }));
          }}
        >
          {frozen ? 'Run' : 'Freeze'}
        </Button>
        <Button
          isBusy={setting.isBusy}
          onClick={() => {
            setting.run(backToRealTime);
          }}
        >
          Back to real time
        </Button>
      </div>
    </Card>
  );
}
