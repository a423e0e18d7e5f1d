import { useRef, useState } from 'preact/hooks';
import { call } from '../../api/call.js';
import { useAction } from '../../api/use-action.js';
import { useData } from '../../api/use-data.js';
import { counted } from '../../format.js';
import { filter, setFilters, world } from '../../navigation.js';
import { Button } from '../../parts/button.js';
import { Confirm } from '../../parts/confirm.js';
import { Empty, Loading } from '../../parts/empty.js';
import { Card, Page } from '../../parts/page.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { FaultDialog } from './fault-dialog.js';
import { FaultList } from './fault-list.js';
import { PresetList } from './preset-list.js';
import type { JSX } from 'preact';
import type { FaultState } from '../../../client/index.js';
import type { NamedProvider } from './preset-list.js';

/** How often the counts are read again, in milliseconds. A long list takes longer to send. */
const everyMs = (count: number): number => (count > 100 ? 4000 : 1000);
/** A world has at most this number of faults. */
const limit = 1000;

/** The view Faults. */
export function FaultsView(): JSX.Element {
  const known = useRef(0);
  const { data, problem } = useData(
    () => call<{ faults: FaultState[]; total: number }>('GET', `/faults?limit=${limit}`),
    [],
    everyMs(known.current),
  );
  const { data: all } = useData(() => call<{ providers: NamedProvider[] }>('GET', '/providers'), [], 60_000);
  const providers = all?.providers ?? [];
  const [isAsking, setAsking] = useState(false);
  const wanted = filter('new');
  const total = data?.total ?? 0;
  known.current = total;
  return (
    <Page
      title="Faults"
      lead="A fault changes how requests are answered, until it is used up or removed. The first that matches applies."
      actions={
        <Button
          kind="primary"
          onClick={() => {
            setFilters({ new: '{}' });
          }}
        >
          A fault of your own
        </Button>
      }
    >
      <ProblemNote problem={problem} />
      <div class="faults-columns">
        <Card
          title={total === 0 ? 'In force' : counted(total, 'fault')}
          actions={
            total === 0 ? undefined : (
              <Button
                kind="danger"
                onClick={() => {
                  setAsking(true);
                }}
              >
                Remove all
              </Button>
            )
          }
        >
          {data === undefined && problem === undefined ? <Loading /> : null}
          {data !== undefined && total === 0 && filter('id') === undefined ? (
            <Empty title="Everything is answered as the provider does">
              <p>Add a fault in words, or one of your own. It is shown here with its counts, as requests arrive.</p>
            </Empty>
          ) : null}
          {data === undefined || (total === 0 && filter('id') === undefined) ? null : (
            <FaultList faults={data.faults} />
          )}
        </Card>
        <Card title="Add a fault in words">
          <PresetList providers={providers} />
        </Card>
      </div>
      {isAsking ? (
        <RemoveAll
          total={total}
          onClose={() => {
            setAsking(false);
          }}
        />
      ) : null}
      {wanted === undefined ? null : (
        <FaultDialog
          json={wanted}
          providers={providers.map(({ name }) => name)}
          onClose={() => {
            setFilters({ new: '' }, { replace: true });
          }}
        />
      )}
    </Page>
  );
}

function RemoveAll({ total, onClose }: { readonly total: number; readonly onClose: () => void }): JSX.Element {
  const remove = useAction(async () => {
    await call('DELETE', '/faults');
    onClose();
  });
  return (
    <Confirm
      title={`Remove ${counted(total, 'fault')} of the world “${world.value}”?`}
      does="Remove all"
      isBusy={remove.isBusy}
      problem={remove.problem}
      onConfirm={remove.run}
      onClose={onClose}
    >
      <p>Requests that they hold go on. The journal keeps what they did.</p>
    </Confirm>
  );
}
