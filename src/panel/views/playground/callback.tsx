import { useEffect, useState } from 'preact/hooks';
import { Link, go, route } from '../../navigation.js';
import { Empty } from '../../parts/empty.js';
import { Page } from '../../parts/page.js';
import { addStep, latestRun, runWithState } from './runs.js';
import { tamperedWords } from './texts.js';
import type { JSX } from 'preact';
import type { Run } from './run.js';

/** The redirect URI of the playground: checks the state, keeps the code, and returns without them in the URL. */
export function Callback(): JSX.Element {
  const [isUnknown, setUnknown] = useState(false);
  useEffect(() => {
    const run = takeAnswer(route.value.filters, location.href);
    if (run === undefined) setUnknown(true);
    else go({ view: 'playground', world: run.world, filters: { provider: run.provider } }, { replace: true });
  }, []);
  return (
    <Page title="Playground">
      {isUnknown ? (
        <Empty title="This tab has no login in progress.">
          <p>The playground keeps its logins for the tab that began them. Nothing was done with the code.</p>
          <Link class="button primary" view="playground" filters={{}}>
            Begin one
          </Link>
        </Empty>
      ) : null}
    </Page>
  );
}

/** Takes what the provider sent by the browser. Returns the run that it changed. */
function takeAnswer(answer: Readonly<Record<string, string>>, url: string): Run | undefined {
  const { state, code, error, error_description: words } = answer;
  const run = state === undefined ? undefined : runWithState(state);
  const shown = run ?? latestRun();
  if (shown === undefined) return undefined;
  // a provider that returns no state, at a redirect URI that cannot carry it
  const isUnchecked =
    state === undefined && !shown.redirectUri.includes('state=') && !/[?&]state=/.test(shown.authorizeUrl);
  const step = { kind: 'callback', request: { method: 'GET', url, headers: {} }, afterEntry: 0 } as const;
  if (run === undefined && !isUnchecked) addStep(shown.state, { ...step, isRefused: true, remark: tamperedWords });
  else if (code === undefined) {
    const said = [error, words]
      .filter((text) => text !== undefined)
      .join(': ')
      .replace(/\.$/, '');
    addStep(shown.state, {
      ...step,
      isRefused: true,
      remark: `There is no code: the provider says ${said === '' ? 'nothing' : said}. Nobody is logged in.`,
    });
  } else {
    const remark = 'The provider returned no state, so nothing shows that this code belongs to this login.';
    addStep(shown.state, isUnchecked ? { ...step, remark } : step, { code, isCodeSpent: false });
  }
  return shown;
}
