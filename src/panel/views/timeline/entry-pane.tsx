import { useEffect, useState } from 'preact/hooks';
import { call } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import { journalRows } from '../../journal/store.js';
import { Empty, Loading } from '../../parts/empty.js';
import { WithFingerprints } from '../../parts/fingerprint.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { AlsoIn } from './entry/also-in.js';
import { EntryFindings } from './entry/entry-findings.js';
import { EntryActions } from './entry/entry-actions.js';
import { EntryComparison } from './entry/entry-comparison.js';
import { EntryHead, EntryTop } from './entry/entry-head.js';
import { EntrySides } from './entry/entry-sides.js';
import type { JSX } from 'preact';
import type { OneEntryView } from '../../../client/index.js';
import type { Row } from '../../journal/row.js';

/** Intervals at which an entry is read: while it is in progress, and to learn that it was dropped. In milliseconds. */
const [progressMs, laterMs] = [700, 30_000];

/** An open entry of the journal. */
export function EntryPane({ id }: { readonly id: number }): JSX.Element {
  const [settled, setSettled] = useState<string | undefined>(undefined);
  // an entry that leaves the list is read at once, to learn whether the journal dropped it
  const known = journalRows().get(id);
  const key = `${id} ${known !== undefined}`;
  const { data, problem } = useData(
    () => call<OneEntryView>('GET', `/journal/${id}`),
    [id],
    settled === key ? laterMs : progressMs,
  );
  const isDropped = problem?.status === 404;
  const isSettled = isDropped || data?.durationMs !== undefined;
  useEffect(() => {
    if (isSettled) setSettled(key);
  }, [isSettled, key]);
  // the list has it in brief, so that the head does not wait for the call
  const row: Row | undefined = data ?? (isDropped ? undefined : known);
  return (
    <article class="entry-pane" aria-label={`Entry ${id}`}>
      <EntryTop id={id} flow={row?.flow} />
      {isDropped ? <Dropped id={id} hasData={data !== undefined} /> : <ProblemNote problem={problem} />}
      {row === undefined ? null : <EntryHead row={row} />}
      {data === undefined ? isDropped || problem !== undefined ? null : <Loading /> : <EntryContent entry={data} />}
    </article>
  );
}

function EntryContent({ entry }: { readonly entry: OneEntryView }): JSX.Element {
  if (entry.failure !== undefined) return <p class="note danger">{entry.failure}</p>;
  return (
    <>
      <EntryActions entry={entry} />
      <EntryComparison entry={entry} />
      {entry.reason === undefined ? null : <EntryFindings id={entry.id} />}
      {entry.notes.length === 0 ? null : (
        <section class="entry-notes">
          <h3>Notes</h3>
          <ul>
            {entry.notes.map((note) => (
              <li key={note}>
                <WithFingerprints text={note} />
              </li>
            ))}
          </ul>
        </section>
      )}
      <EntrySides entry={entry} key={entry.id} />
      <AlsoIn id={entry.id} flow={entry.flow} />
    </>
  );
}

function Dropped({ id, hasData }: { readonly id: number; readonly hasData: boolean }): JSX.Element {
  if (hasData) return <p class="note warning">The journal has dropped this entry. This is what it was.</p>;
  const newest = journalRows().list.at(-1)?.id ?? id;
  return (
    <Empty title={`Entry ${id} is not in the journal`}>
      <p>{id > newest ? `The newest is entry ${newest}.` : 'It was dropped, or the journal was cleared.'}</p>
    </Empty>
  );
}
