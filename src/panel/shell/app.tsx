import { useEffect } from 'preact/hooks';
import { tokenState } from '../api/admin-token.js';
import { call } from '../api/call.js';
import { connection } from '../api/connection.js';
import { useProviderTitles } from '../api/use-provider-titles.js';
import { useData } from '../api/use-data.js';
import { clockReading, readRealTime } from '../clock-state.js';
import { followJournal } from '../journal/follow.js';
import { route } from '../navigation.js';
import { Announcer } from '../parts/announcer.js';
import { Empty } from '../parts/empty.js';
import { Page } from '../parts/page.js';
import { isViewName } from '../route.js';
import { Callback, views } from '../views/index.js';
import { ConnectionNote } from './connection-note.js';
import { failure } from './failure.js';
import { Keys } from './keys.js';
import { ViewList } from './view-list.js';
import { TokenPrompt } from './token-prompt.js';
import { Top } from './top.js';
import { WorldGone } from './world-gone.js';
import type { JSX } from 'preact';
import type { ClockState } from '../../client/index.js';

/** How often the clock of a world is asked for that does not exist, in milliseconds. */
const goneEveryMs = 30_000;

/** The panel. */
export function App(): JSX.Element {
  useEffect(() => {
    followJournal();
  }, []);
  useProviderTitles();
  const { view } = route.value;
  useEffect(() => {
    document.title = `${isViewName(view) ? views[view].title : 'Panel'} · Understudy`;
  }, [view]);

  const { data: clock } = useData(
    () => call<ClockState>('GET', '/clock'),
    [],
    connection.value === 'gone' ? goneEveryMs : undefined,
  );
  useEffect(() => {
    clockReading.value = clock === undefined ? undefined : { state: clock, readAtMs: readRealTime() };
  }, [clock]);

  return (
    <div class="shell">
      <a class="skip" href="#content">
        Skip to the content
      </a>
      <Top />
      <ViewList />
      <main id="content" tabindex={-1}>
        {failure.value === undefined ? null : (
          <p class="note danger" role="alert">
            The panel failed: {failure.value} Reload the page.
          </p>
        )}
        <ConnectionNote />
        <CurrentView view={view} />
      </main>
      <Announcer />
      <Keys />
    </div>
  );
}

function CurrentView({ view }: { readonly view: string }): JSX.Element {
  if (tokenState.value !== 'accepted') return <TokenPrompt />;
  if (view === 'callback') return <Callback />;
  if (connection.value === 'gone') return <WorldGone />;
  if (!isViewName(view)) {
    return (
      <Page title="No such view">
        <Empty title={`The panel has no view “${view}”.`}>
          <p>Choose one in the navigation.</p>
        </Empty>
      </Page>
    );
  }
  const { View } = views[view];
  return <View />;
}
