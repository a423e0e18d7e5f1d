import { useEffect, useRef } from 'preact/hooks';
import { droppedByServer, isLoaded, rows, version } from '../../journal/store.js';
import { counted } from '../../format.js';
import { filtersOf } from '../../journal/row-filter.js';
import { filter as filterValue, route, setFilters } from '../../navigation.js';
import { Button } from '../../parts/button.js';
import { Page } from '../../parts/page.js';
import { ClearJournal } from './clear-journal.js';
import { EntryPane } from './entry-pane.js';
import { EntryList } from './entry-list.js';
import { Filters } from './filters.js';
import { useProviderTitles } from '../../api/provider-titles.js';
import { Sequence } from './sequence.js';
import { heldBy, isPaused } from './held.js';
import { useListing } from './use-listing.js';
import type { JSX, RefObject } from 'preact';

/** The view Timeline: the journal, live. */
export function TimelineView(): JSX.Element {
  useProviderTitles();
  const filter = filtersOf(route.value.filters);
  const isGrouped = filterValue('list') !== 'flat';
  const state = useListing(filter, isGrouped, heldBy.value !== undefined);
  const entry = Number(filterValue('entry') ?? 0);
  const flow = filterValue('flow');
  const isSequence = flow !== undefined && filterValue('show') === 'sequence';
  // the version is read so that the number is counted again when the rows change
  const total = version.value === 0 ? 0 : rows.list.length;

  // a pause is for one look: it ends with the view
  useEffect(
    () => () => {
      isPaused.value = false;
    },
    [],
  );

  const pane = useFocusOf(entry);
  return (
    <div class={`timeline${entry > 0 ? ' with-entry' : ''}`}>
      <Page
        title="Timeline"
        actions={isSequence ? null : <Actions isGrouped={isGrouped} news={state?.listing.news ?? 0} total={total} />}
      >
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
            {isSequence ? (
              <SequencePart flow={flow} />
            ) : (
              <EntryList state={state} isLoaded={isLoaded.value} filter={filter} entry={entry} />
            )}
          </div>
          {entry > 0 ? (
            <section class="timeline-entry" ref={pane} tabindex={-1} aria-label={`Entry ${entry}`}>
              <div class="timeline-entry-head">
                <Button
                  kind="quiet"
                  onClick={() => {
                    setFilters({ entry: '' });
                  }}
                >
                  Close <kbd>Esc</kbd>
                </Button>
              </div>
              <EntryPane key={entry} id={entry} />
            </section>
          ) : null}
        </div>
      </Page>
    </div>
  );
}

/** Below this width the open entry covers the list. As in the style sheet. */
const covering = matchMedia('(max-width: 68.74rem)');

/** Moves the focus to an open entry that covers the list, and back to its row when it is closed. */
function useFocusOf(entry: number): RefObject<HTMLElement | null> {
  const pane = useRef<HTMLElement>(null);
  const before = useRef(0);
  useEffect(() => {
    if (!covering.matches) before.current = 0;
    else if (entry > 0) {
      if (before.current === 0) pane.current?.focus();
      before.current = entry;
    } else if (before.current > 0) {
      document.querySelector<HTMLElement>(`[data-entry="${before.current}"] a`)?.focus();
      before.current = 0;
    }
  }, [entry]);
  return pane;
}

function SequencePart({ flow }: { readonly flow: string }): JSX.Element {
  return (
    <div class="timeline-sequence">
      <Button
        kind="quiet"
        onClick={() => {
          setFilters({ show: '', flow: '' });
        }}
      >
        Back to the list
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
        {isPaused.value ? `Go on${news > 0 ? ` (${news.toLocaleString('en')} new)` : ''}` : 'Pause'}
      </Button>
      <ClearJournal total={total} />
    </>
  );
}
