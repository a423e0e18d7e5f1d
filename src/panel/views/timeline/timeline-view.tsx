import { useEffect, useLayoutEffect, useRef } from 'preact/hooks';
import { useDebounced } from '../../api/use-debounced.js';
import { counted } from '../../format.js';
import { filtersOf } from '../../journal/row-filter.js';
import { droppedByServer, isLoaded, journalRows } from '../../journal/store.js';
import { filter as filterValue, route, setFilters } from '../../navigation.js';
import { Button } from '../../parts/button.js';
import { Empty } from '../../parts/empty.js';
import { Page } from '../../parts/page.js';
import { UnknownValue } from '../../parts/unknown-value.js';
import { useViewKeys } from '../../view-keys.js';
import { ClearJournal } from './clear-journal.js';
import { closeEntry } from './close-entry.js';
import { EntryList } from './entry-list.js';
import { EntryPane } from './entry-pane.js';
import { Filters } from './filters.js';
import { heldBy, isPaused } from './held.js';
import { EarlierJournal, useEarlierJournal } from './linked-journal.js';
import { Sequence } from './sequence.js';
import { useListing } from './use-listing.js';
import type { JSX, RefObject } from 'preact';

/** The view Timeline: the journal, live. */
export function TimelineView(): JSX.Element {
  const filter = filtersOf(route.value.filters);
  const isGrouped = filterValue('list') !== 'flat';
  const text = useDebounced(filter.text ?? '');
  const state = useListing({ ...filter, text }, isGrouped, heldBy.value !== undefined);
  const asked = filterValue('entry');
  const isEarlier = useEarlierJournal();
  const entry = !isEarlier && /^\d{1,15}$/.test(asked ?? '') ? Number(asked) : 0;
  const flow = filterValue('flow');
  const isSequence = flow !== undefined && filterValue('show') === 'sequence';
  const total = journalRows().list.length;

  // a pause is for one look: it ends with the view
  useEffect(
    () => () => {
      isPaused.value = false;
    },
    [],
  );

  const pane = useFocusOf(entry);
  return (
    <div class={`timeline${asked === undefined ? '' : ' with-entry'}`}>
      <Page
        title="Timeline"
        actions={isSequence ? null : <Actions isGrouped={isGrouped} news={state?.listing.news ?? 0} total={total} />}
      >
        <UnknownValue name="list" known={['flat']} />
        <UnknownValue name="show" known={['sequence']} />
        <UnknownValue name="entry" known={entry > 0 || isEarlier ? [String(asked)] : []} words="a whole number" />
        {isSequence ? null : (
          <Filters
            filter={filter}
            facets={state?.listing.facets}
            shown={state?.listing.flows.shown ?? 0}
            total={total}
          />
        )}
        {droppedByServer.value > 0 && !isSequence ? (
          <p class="small quiet timeline-dropped">
            The journal is full: it has dropped the {counted(droppedByServer.value, 'oldest entry', 'oldest entries')}.
          </p>
        ) : null}
        <div class="timeline-parts">
          <div class="timeline-list">
            {isEarlier && flow !== undefined ? (
              <EarlierJournal />
            ) : isSequence ? (
              <SequencePart flow={flow} />
            ) : (
              <EntryList state={state} isLoaded={isLoaded.value} filter={filter} entry={entry} />
            )}
          </div>
          {asked === undefined ? null : (
            <section class="timeline-entry" ref={pane} tabindex={-1} aria-label={`Entry ${asked}`}>
              <div class="timeline-entry-head">
                <Button kind="quiet" onClick={closeEntry}>
                  Close <kbd>Esc</kbd>
                </Button>
              </div>
              {isEarlier ? (
                <EarlierJournal />
              ) : entry > 0 ? (
                <EntryPane key={entry} id={entry} />
              ) : (
                <Empty title={`There is no entry ${asked}`} />
              )}
            </section>
          )}
        </div>
      </Page>
    </div>
  );
}

/** Below this width the open entry covers the list. As in the style sheet. */
const covering = matchMedia('(max-width: 68.74rem)');

/** Moves the focus to an open entry that covers the list, and of each entry back to its row when it is closed. */
function useFocusOf(entry: number): RefObject<HTMLElement | null> {
  const pane = useRef<HTMLElement>(null);
  const before = useRef(0);
  // at once: an effect after the next frame could take the focus from what a quick user has chosen meanwhile
  useLayoutEffect(() => {
    if (entry > 0) {
      if (before.current === 0 && covering.matches) pane.current?.focus();
      before.current = entry;
    } else if (before.current > 0) {
      document.querySelector<HTMLElement>(`[data-entry="${before.current}"] a`)?.focus();
      before.current = 0;
    }
  }, [entry]);
  return pane;
}

function SequencePart({ flow }: { readonly flow: string }): JSX.Element {
  const goBack = (): void => {
    setFilters({ show: '', flow: '', at: '' });
  };
  useViewKeys({
    Escape: () => {
      if (!closeEntry()) goBack();
    },
  });
  return (
    <div class="timeline-sequence">
      <Button kind="quiet" onClick={goBack}>
        Back to the list <kbd>Esc</kbd>
      </Button>
      <Sequence flow={flow} />
    </div>
  );
}

interface ActionsProps {
  readonly isGrouped: boolean;
  readonly news: number;
  readonly total: number;
}

function Actions({ isGrouped, news, total }: ActionsProps): JSX.Element {
  const choose = (list: string) => () => {
    setFilters({ list });
  };
  return (
    <>
      <div class="segments" role="group" aria-label="Order of the list">
        <Button isPressed={isGrouped} onClick={choose('')}>
          By flow
        </Button>
        <Button isPressed={!isGrouped} onClick={choose('flat')}>
          One list
        </Button>
      </div>
      <Button
        isPressed={isPaused.value}
        onClick={() => {
          isPaused.value = !isPaused.value;
        }}
      >
        {isPaused.value ? `Resume${news > 0 ? ` (${news.toLocaleString('en')} new)` : ''}` : 'Pause'}
      </Button>
      <ClearJournal total={total} />
    </>
  );
}
