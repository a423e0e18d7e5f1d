import { world } from '../../navigation.js';
import { Card } from '../../parts/page.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { Answered } from './answered.js';
import { useWaiting } from './use-waiting.js';
import { WaitingPageCard } from './waiting-page.js';
import type { JSX } from 'preact';

/** The login and consent pages that wait for a person in the shown world. */
export function WaitingCard(): JSX.Element {
  const { data, problem } = useWaiting();
  const pages = data?.pages ?? [];
  return (
    <Card
      title={
        <>
          Open login and consent pages in <code>{world.value}</code>
        </>
      }
      actions={data === undefined ? null : <span class="quiet">{data.total} waiting</span>}
    >
      <ProblemNote problem={problem} />
      {data !== undefined && pages.length === 0 ? (
        <p class="quiet">
          None. A login or consent page that a browser opened and nobody has answered is listed here. You can allow or
          deny it in place of the user.
        </p>
      ) : null}
      <ul class="waiting-pages">
        {pages.map((page) => (
          <WaitingPageCard key={`${page.provider.name} ${page.id}`} page={page} />
        ))}
      </ul>
      {data !== undefined && data.total > pages.length ? (
        <p class="quiet small">and {(data.total - pages.length).toLocaleString('en')} more</p>
      ) : null}
      <Answered />
    </Card>
  );
}
