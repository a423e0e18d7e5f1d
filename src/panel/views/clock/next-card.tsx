import { useAction } from '../../api/use-action.js';
import { clockReading } from '../../clock-state.js';
import { counted } from '../../format.js';
import { Button } from '../../parts/button.js';
import { Empty } from '../../parts/empty.js';
import { Card } from '../../parts/page.js';
import { kindWords } from '../../life.js';
import { ExpiredLine } from './expired-line.js';
import { advance } from './moves.js';
import { Awaited } from '../../parts/awaited.js';
import type { JSX } from 'preact';
import type { Data } from '../../api/use-data.js';
import type { Expired, Expiries } from '../../../client/index.js';

/** Number of codes and tokens that are listed. */
export const maxExpiries = 20;

/** What expires next. */
export function NextCard({ data, problem }: Data<Expiries>): JSX.Element {
  const jump = useAction(({ expiresAt }: Expired) => {
    const skewMs = (clockReading.value?.state.skewSeconds ?? 0) * 1000;
    return advance({ to: new Date(Date.parse(expiresAt) - skewMs).toISOString() });
  });
  return (
    <Card title="Expires next">
      <Awaited data={data} problem={problem ?? jump.problem} />
      {data?.total === 0 ? (
        <Empty title="Nothing will expire">
          <p>Valid codes and tokens are listed here, as soon as a client gets one that does not live for ever.</p>
        </Empty>
      ) : null}
      {data === undefined || data.total === 0 ? null : (
        <ol class="expired-list">
          {data.expiries.map((each) => (
            <ExpiredLine key={`${each.kind} ${each.fingerprint}`} of={each} hasBar>
              <Button
                kind="quiet"
                isBusy={jump.isBusy}
                aria-label={`Go there: the expiry of the ${kindWords[each.kind]} ${each.fingerprint}`}
                onClick={() => {
                  jump.run(each);
                }}
              >
                Go there
              </Button>
            </ExpiredLine>
          ))}
        </ol>
      )}
      {data !== undefined && data.total > maxExpiries ? (
        <p class="quiet small">and {counted(data.total - maxExpiries, 'other', 'others')} later</p>
      ) : null}
    </Card>
  );
}
