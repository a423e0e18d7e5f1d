import { useRef } from 'preact/hooks';
import { call } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import { counted } from '../../format.js';
import { filter, setFilters, world } from '../../navigation.js';
import { Button } from '../../parts/button.js';
import { Empty } from '../../parts/empty.js';
import { Card, Page } from '../../parts/page.js';
import { FaultDialog } from './fault-dialog.js';
import { FaultList } from './fault-list.js';
import { PresetList } from './preset-list.js';
import { Awaited } from '../../parts/awaited.js';
import { AskButton } from '../../parts/ask-button.js';
import { useProviders } from '../../api/use-providers.js';
import type { JSX } from 'preact';
import type { FaultState } from '../../../client/index.js';

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
  const providers = useProviders().data ?? [];
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
          New fault
        </Button>
      }
    >
      <div class="faults-columns">
        <Card
          title={total === 0 ? 'In force' : counted(total, 'fault')}
          actions={
            total === 0 ? undefined : (
              <AskButton
                kind="danger"
                label="Remove all…"
                title={`Remove ${counted(total, 'fault')} of the world “${world.value}”?`}
                does="Remove all"
                act={() => call('DELETE', '/faults')}
              >
                Requests that they hold go on. The journal keeps what they did.
              </AskButton>
            )
          }
        >
          <Awaited data={data} problem={problem} />
          {data !== undefined && total === 0 && filter('id') === undefined ? (
            <Empty title="Everything is answered as the provider does">
              <p>Add a preset, or a new fault. It is shown here with its counts, as requests arrive.</p>
            </Empty>
          ) : null}
          {data === undefined || (total === 0 && filter('id') === undefined) ? null : (
            <FaultList faults={data.faults} />
          )}
        </Card>
        <Card title="Add a preset">
          <PresetList providers={providers} />
        </Card>
      </div>
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
