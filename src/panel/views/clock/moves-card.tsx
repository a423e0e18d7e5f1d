import { counted, timeInUtc } from '../../format.js';
import { world } from '../../navigation.js';
import { Empty } from '../../parts/empty.js';
import { Card } from '../../parts/page.js';
import { expiredInWords, moveWords } from './clock-text.js';
import { ExpiredLine } from './expired-line.js';
import { moves } from './moves.js';
import type { JSX } from 'preact';
import type { Move } from './clock-text.js';

/** Number of expired codes and tokens of a move that are listed. */
const maxExpired = 8;

/** What expired at the latest move of the clock, and the moves before. */
export function MovesCard(): JSX.Element {
  const [latest, ...before] = moves.value.filter((move) => move.world === world.value);
  if (latest === undefined) {
    return (
      <Card title="What expired">
        <Empty title="This tab has not moved the clock">
          <p>Move it, and see which codes and tokens expired on the way.</p>
        </Empty>
      </Card>
    );
  }
  return (
    <Card title="What expired">
      <div role="status" aria-atomic="true">
        <LatestMove move={latest} key={latest.id} />
      </div>
      {before.length === 0 ? null : (
        <>
          <h3 class="clock-before">Before that</h3>
          <ol class="clock-moves">
            {before.map(({ id, from, to, expired, total }) => (
              <li key={id}>
                <span>{moveWords(from, to)}</span>
                <span class="quiet small">
                  to {timeInUtc(to)} · {expiredInWords({ expired, total })}
                </span>
              </li>
            ))}
          </ol>
        </>
      )}
    </Card>
  );
}

function LatestMove({ move: { from, to, expired, total } }: { readonly move: Move }): JSX.Element {
  return (
    <>
      <p class="strong">{expiredInWords({ expired, total })}</p>
      <p class="quiet small">
        {moveWords(from, to)}, to {timeInUtc(to)} UTC.
      </p>
      {total === 0 ? null : (
        <ul class="expired-list">
          {expired.slice(0, maxExpired).map((each) => (
            <ExpiredLine key={`${each.kind} ${each.fingerprint}`} of={each} />
          ))}
        </ul>
      )}
      {total > maxExpired ? <p class="quiet small">and {counted(total - maxExpired, 'other', 'others')}</p> : null}
    </>
  );
}
