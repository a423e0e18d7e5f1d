import { callServer, queryOf } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import { filter, setFilters } from '../../navigation.js';
import { Button } from '../../parts/button.js';
import { Empty } from '../../parts/empty.js';
import { Card } from '../../parts/page.js';
import { pageNumber } from '../../parts/page-number.js';
import { worldPage, worldRequest } from './world-page.js';
import { WorldRow } from './world-row.js';
import { Awaited } from '../../parts/awaited.js';
import { TextFilter } from '../../parts/filter-field.js';
import { Pages } from '../../parts/pages.js';
import type { JSX } from 'preact';
import type { WorldInfo } from '../../../client/index.js';
import type { WorldPage } from './world-page.js';

/** Thousands of worlds are megabytes, so they are read less often. */
const [pageEveryMs, allEveryMs] = [2000, 15_000];

/** The worlds of the server, by pages. */
export function WorldsCard(): JSX.Element {
  const text = filter('text') ?? '';
  const page = pageNumber(filter('page'));
  const request = worldRequest(page, text);
  const { data, problem } = useData(
    () => callServer<{ worlds: WorldInfo[]; total: number }>('GET', `/worlds${queryOf({ ...request })}`),
    [request],
    text === '' ? pageEveryMs : allEveryMs,
  );
  const list = data === undefined ? undefined : worldPage(data, page, text);
  return (
    <Card title="Worlds" actions={list === undefined ? null : <span class="quiet">{list.words}</span>}>
      <div class="world-filter">
        <TextFilter label="Search" placeholder="Id of a world" name="text" also={{ page: '' }} />
      </div>
      <Awaited data={data} problem={problem} />
      {list === undefined ? null : <WorldTable list={list} text={text} />}
    </Card>
  );
}

interface WorldTableProps {
  readonly list: WorldPage<WorldInfo>;
  readonly text: string;
}

function WorldTable({ list, text }: WorldTableProps): JSX.Element {
  if (list.shown.length === 0) {
    return (
      <Empty title={text === '' ? 'There is no such page.' : `No world has “${text}” in its id.`}>
        <Button
          onClick={() => {
            setFilters({ text: '', page: '' });
          }}
        >
          Show all worlds
        </Button>
      </Empty>
    );
  }
  return (
    <>
      <table class="worlds">
        <thead>
          <tr>
            <th scope="col">World</th>
            <th scope="col">Scenario</th>
            <th scope="col">Seed</th>
            <th scope="col">Clock, UTC</th>
            <th scope="col">Dropped if unused</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {list.shown.map((info) => (
            <WorldRow key={info.id} info={info} />
          ))}
        </tbody>
      </table>
      <Pages page={list.page} pages={list.pages} label="Pages of worlds" back="Previous" on="Next" />
    </>
  );
}
