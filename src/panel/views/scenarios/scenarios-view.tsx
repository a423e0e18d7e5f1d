import { callServer, worldPath } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import { counted } from '../../format.js';
import { Link, filter, setFilters, world } from '../../navigation.js';
import { Badge } from '../../parts/badge.js';
import { Button } from '../../parts/button.js';
import { Empty } from '../../parts/empty.js';
import { Card, Page } from '../../parts/page.js';
import { Ticked } from '../../parts/ticked.js';
import { OwnDialog } from './own-dialog.js';
import { PlayButton } from './play-button.js';
import { SaveDialog } from './save-dialog.js';
import { ScenarioDialog } from './scenario-dialog.js';
import { filteredScenarios, firstSentence, scenarioWords } from './scenario-words.js';
import { Awaited } from '../../parts/awaited.js';
import { TextFilter } from '../../parts/filter-field.js';
import type { JSX } from 'preact';
import type { ScenarioInfo, WorldInfo } from '../../../client/index.js';

/** The view Scenarios. */
export function ScenariosView(): JSX.Element {
  const { data, problem } = useData(() => callServer<{ scenarios: ScenarioInfo[] }>('GET', '/scenarios'), [], 10_000);
  const { data: info } = useData(() => callServer<WorldInfo>('GET', worldPath(world.value)));
  const text = filter('text') ?? '';
  const name = filter('name');
  const all = data?.scenarios ?? [];
  const found = filteredScenarios(all, text);
  return (
    <Page
      title="Scenarios"
      lead="A scenario is a world that is set up for one purpose: settings, clients, users, clock and faults."
      actions={
        <>
          <Button
            onClick={() => {
              setFilters({ save: 'yes' });
            }}
          >
            Save this world as a scenario
          </Button>
          <Button
            onClick={() => {
              setFilters({ own: 'yes' });
            }}
          >
            Play your own
          </Button>
        </>
      }
    >
      <Playing info={info} />
      <Awaited data={data} problem={problem} />
      {data === undefined ? null : (
        <Card>
          <div class="stack">
            <TextFilter label="Search" name="text" placeholder="refresh, callback, 429" />
            <p class="quiet small" role="status">
              {found.length === all.length ? counted(all.length, 'scenario') : `${found.length} of ${all.length}`}
            </p>
          </div>
          {found.length === 0 ? (
            <Empty title="No scenario has these words">
              <p>Your own scenarios are here too, if the server was started with a folder of them: --fixtures.</p>
            </Empty>
          ) : (
            <ul class="scenarios">
              {found.map((each) => (
                <ScenarioRow key={each.name} scenario={each} isPlayed={each.name === info?.scenario} />
              ))}
            </ul>
          )}
        </Card>
      )}
      {name === undefined || data === undefined ? null : (
        <ScenarioDialog
          name={name}
          scenario={all.find((each) => each.name === name)}
          isPlayed={name === info?.scenario}
          onClose={() => {
            setFilters({ name: '' });
          }}
        />
      )}
      {filter('own') === undefined ? null : (
        <OwnDialog
          onClose={() => {
            setFilters({ own: '' }, { replace: true });
          }}
        />
      )}
      {filter('save') === undefined ? null : (
        <SaveDialog
          onClose={() => {
            setFilters({ save: '' });
          }}
        />
      )}
    </Page>
  );
}

function Playing({ info }: { readonly info: WorldInfo | undefined }): JSX.Element | null {
  if (info === undefined) return null;
  const { scenario } = info;
  return (
    <p class="scenario-playing">
      The world “{info.id}” plays{' '}
      {scenario === null ? (
        <span class="strong">an inline scenario</span>
      ) : (
        <Link class="strong" filters={{ name: scenario }}>
          {scenario}
        </Link>
      )}
      .
    </p>
  );
}

function ScenarioRow({
  scenario: { name, description, source },
  isPlayed,
}: {
  readonly scenario: ScenarioInfo;
  readonly isPlayed: boolean;
}): JSX.Element {
  const { about, catches } = scenarioWords(description);
  const text = filter('text') ?? '';
  return (
    <li class={isPlayed ? 'played' : ''}>
      <div class="scenario-words">
        <p class="scenario-name">
          <Link class="strong" filters={{ text, name }}>
            {name}
          </Link>
          {isPlayed ? <Badge tone="good">playing now</Badge> : null}
          {source === 'file' ? <Badge tone="info">from a file</Badge> : null}
        </p>
        {catches === undefined ? null : (
          <p>
            <Ticked text={catches} />
          </p>
        )}
        <p class="quiet small">
          <Ticked text={firstSentence(about)} />
        </p>
      </div>
      <PlayButton name={name} />
    </li>
  );
}
