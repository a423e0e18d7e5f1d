import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { rows } from '../../journal/store.js';
import { filterNames, noFilters } from '../../journal/row-filter.js';
import { Link, filter as filterValue, setFilters } from '../../navigation.js';
import { Button } from '../../parts/button.js';
import { Empty, Loading } from '../../parts/empty.js';
import { VirtualList } from '../../parts/virtual-list.js';
import { useViewKeys } from '../../view-keys.js';
import { closeEntry } from './close-entry.js';
import { EntryRow } from './entry-row.js';
import { FlowHead } from './flow-head.js';
import { heldBy, isPaused, isScrolled } from './held.js';
import type { JSX, RefObject } from 'preact';
import type { RowPosition } from './entry-row.js';
import type { Flows, ListLine } from '../../journal/flows.js';
import type { Row } from '../../journal/row.js';
import type { RowFilter } from '../../journal/row-filter.js';
import type { ListingState } from './use-listing.js';

/** The height of a line in pixels: in a wide list, and in a narrow one, where a reason takes three lines. */
const [wideLine, narrowLine] = [56, 124];
/** The width of a wide list, in pixels. */
const wideFrom = 900;

interface EntryListProps {
  readonly state: ListingState | undefined;
  readonly isLoaded: boolean;
  readonly filter: RowFilter;
  /** The open entry. 0: none. */
  readonly entry: number;
}

/** The list of the entries, or why it is empty. */
export function EntryList({ state, isLoaded, filter, entry }: EntryListProps): JSX.Element {
  if (state === undefined || (!isLoaded && rows.list.length === 0)) return <Loading />;
  if (rows.list.length === 0) return <NoEntries />;
  if (state.listing.flows.lines === 0) return <NoMatch filter={filter} news={state.listing.news} />;
  const { listing, key, change } = state;
  return <Lines key={key} flows={listing.flows} change={change} news={listing.news} entry={entry} />;
}

function NoEntries(): JSX.Element {
  return (
    <Empty title="No requests yet">
      <p>Each request to a provider of this world appears here while it is served.</p>
      <div class="actions">
        <Link class="button primary" view="playground">
          Log in on the Playground
        </Link>
        <Link class="button secondary" view="start">
          Set up your client
        </Link>
      </div>
    </Empty>
  );
}

function NoMatch({ filter, news }: { readonly filter: RowFilter; readonly news: number }): JSX.Element {
  const isFiltered = filterNames.some((name) => filter[name] !== undefined);
  return (
    <Empty title={isFiltered ? 'No entry passes the filters' : 'Paused'}>
      <p>
        {isFiltered ? 'New entries that pass appear here.' : `${news.toLocaleString('en')} new entries are not shown.`}
      </p>
      {isFiltered ? (
        <Button
          onClick={() => {
            setFilters(noFilters);
          }}
        >
          Clear filters
        </Button>
      ) : null}
    </Empty>
  );
}

interface LinesProps {
  readonly flows: Flows;
  /** Unread: a new value makes Preact draw the list again, because `flows` is changed in place. */
  readonly change: number;
  readonly news: number;
  readonly entry: number;
}

/** How a row stands in the list: in a group, at its end, or alone; `plain` in a list without groups. */
function positionOf({ flow, isLast }: ListLine): RowPosition {
  if (flow.hasHead) return isLast ? 'last' : 'inner';
  return filterValue('list') === 'flat' ? 'plain' : 'alone';
}

/** The row that the keys move to, and its line. */
interface Cursor {
  readonly id: number;
  readonly index: number | undefined;
}

/** The keys of the list. They move the focus to it, so that Enter opens the marked row. */
function useListKeys(flows: Flows, entry: number, list: RefObject<HTMLElement | null>): Cursor {
  const [id, setId] = useState(entry);
  // the keys read it here: a quick key comes before the list is drawn again
  const latest = useRef(entry);
  const goTo = (next: number): void => {
    latest.current = next;
    setId(next);
  };
  const rowOf = (wanted: number): Row | undefined => (wanted > 0 ? rows.get(wanted) : undefined);
  const indexOf = (wanted: number): number | undefined => {
    const row = rowOf(wanted);
    return row === undefined ? undefined : flows.indexOf(row);
  };
  // at once, so that it does not undo a key that came meanwhile
  useLayoutEffect(() => {
    if (entry > 0) goTo(entry);
  }, [entry]);
  const open = (wanted: number, isMove: boolean): void => {
    setFilters({ entry: String(wanted) }, { replace: isMove });
  };
  const move = (step: 1 | -1) => () => {
    const index = indexOf(latest.current);
    const next = index === undefined ? (flows.at(0)?.row ?? flows.at(1)?.row) : flows.rowBeside(index, step);
    list.current?.querySelector<HTMLElement>('.virtual')?.focus({ preventScroll: true });
    if (next === undefined) return;
    goTo(next.id);
    if (entry > 0) open(next.id, true);
  };
  useViewKeys({
    j: move(1),
    k: move(-1),
    Enter: () => {
      const row = rowOf(latest.current);
      if (row !== undefined) open(row.id, false);
    },
    Escape: closeEntry,
    p: () => {
      isPaused.value = !isPaused.value;
    },
  });
  return { id, index: indexOf(id) };
}

function Lines({ flows, news, entry }: LinesProps): JSX.Element {
  const [lineHeight, setLineHeight] = useState(wideLine);
  const place = useRef<HTMLDivElement>(null);
  const cursor = useListKeys(flows, entry, place);
  useEffect(
    () => () => {
      isScrolled.value = false;
    },
    [],
  );

  const draw = (index: number): JSX.Element | null => {
    const line = flows.at(index);
    if (line === undefined) return null;
    const { flow, row } = line;
    const common = { height: lineHeight, index, total: flows.lines };
    if (row === undefined) return <FlowHead key={`flow ${flow.name ?? ''}`} flow={flow} {...common} />;
    // a list that is held shows how its requests end nevertheless
    const fresh = rows.get(row.id) ?? row;
    return (
      <EntryRow
        key={row.id}
        row={fresh}
        {...common}
        position={positionOf(line)}
        flow={flow}
        isOpen={row.id === entry}
        isCursor={row.id === cursor.id}
      />
    );
  };

  return (
    <div class={`timeline-lines${lineHeight === narrowLine ? ' narrow' : ''}`} ref={place}>
      {news > 0 && heldBy.value === 'scroll' ? (
        <button
          type="button"
          class="news"
          onClick={() => {
            const list = place.current?.querySelector('.virtual');
            list?.scrollTo({ top: 0 });
          }}
        >
          Show {news.toLocaleString('en')} new
        </button>
      ) : null}
      <VirtualList
        count={flows.lines}
        rowHeight={lineHeight}
        draw={draw}
        label="Requests, newest first"
        shown={cursor.index}
        shownKey={String(cursor.id)}
        onStart={(isAtStart) => {
          isScrolled.value = !isAtStart;
        }}
        onWidth={(width) => {
          setLineHeight(width >= wideFrom ? wideLine : narrowLine);
        }}
      />
    </div>
  );
}
