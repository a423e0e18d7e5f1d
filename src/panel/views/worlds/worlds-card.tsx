import { useState } from 'preact/hooks';
import { callServer, queryOf } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import { filter, setFilters } from '../../navigation.js';
import { Button } from '../../parts/button.js';
import { Empty, Loading } from '../../parts/empty.js';
import { TextField } from '../../parts/field.js';
import { Card } from '../../parts/page.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { WorldConfirm } from './world-confirm.js';
import { pageNumber, worldPage, worldRequest } from './world-page.js';
import { WorldRow } from './world-row.js';
import type { JSX } from 'preact';
import type { WorldInfo } from '../../../client/index.js';
import type { WorldQuestion } from './world-confirm.js';
import type { WorldPage } from './world-page.js';

/** Thousands of worlds are megabytes, so they are read less often. */
const [pageEveryMs, allEveryMs] = [2000, 15_000];

/** The worlds of the server, by pages. */
export function WorldsCard(): JSX.Element {
  const text = filter('q') ?? '';
  const page = pageNumber(filter('page'));
  const request = worldRequest(page, text);
  const { data, problem } = useData(
    () => callServer<{ worlds: WorldInfo[]; total: number }>('GET', `/worlds${queryOf({ ...request })}`),
    [request],
    text === '' ? pageEveryMs : allEveryMs,
  );
  const [question, setQuestion] = useState<WorldQuestion>();
  const list = data === undefined ? undefined : worldPage(data, page, text);
  return (
    <Card title="Worlds" actions={list === undefined ? null : <span class="quiet">{list.words}</span>}>
      <ProblemNote problem={problem} />
      <div class="world-filter">
        <TextField
          label="Filter by id"
          type="search"
          isFilter
          value={text}
          onText={(q) => {
            setFilters({ q, page: '' }, { replace: true });
          }}
        />
      </div>
      {list === undefined && problem === undefined ? <Loading /> : null}
      {list === undefined ? null : <WorldTable list={list} text={text} onAsk={setQuestion} />}
      {question === undefined ? null : (
        <WorldConfirm
          question={question}
          onClose={() => {
            setQuestion(undefined);
          }}
        />
      )}
    </Card>
  );
}

interface WorldTableProps {
  readonly list: WorldPage<WorldInfo>;
  readonly text: string;
  readonly onAsk: (question: WorldQuestion) => void;
}

function WorldTable({ list, text, onAsk }: WorldTableProps): JSX.Element {
  if (list.shown.length === 0) {
    return (
      <Empty title={text === '' ? 'There is no such page.' : `No world has “${text}” in its id.`}>
        <Button
          onClick={() => {
            setFilters({ q: '', page: '' });
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
            <td class="no-label" />
          </tr>
        </thead>
        <tbody>
          {list.shown.map((info) => (
            <WorldRow
              key={info.id}
              info={info}
              onReset={() => {
                onAsk({ does: 'reset', id: info.id });
              }}
              onDrop={() => {
                onAsk({ does: 'drop', id: info.id });
              }}
            />
          ))}
        </tbody>
      </table>
      {list.pages === 1 ? null : <Pages list={list} />}
    </>
  );
}

function Pages({ list: { page, pages } }: Pick<WorldTableProps, 'list'>): JSX.Element {
  const turn = (to: number) => (): void => {
    setFilters({ page: to === 1 ? '' : String(to) });
  };
  return (
    <nav class="actions world-pages" aria-label="Pages of worlds">
      <Button isDisabled={page <= 1} onClick={turn(page - 1)}>
        Previous
      </Button>
      <span>
        Page {page} of {pages}
      </span>
      <Button isDisabled={page >= pages} onClick={turn(page + 1)}>
        Next
      </Button>
    </nav>
  );
}
