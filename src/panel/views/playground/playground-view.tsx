import { call } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import { Link, filter } from '../../navigation.js';
import { Empty, Loading } from '../../parts/empty.js';
import { Page } from '../../parts/page.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { Login } from './login.js';
import { RunPanel } from './run-panel.js';
import { Steps } from './steps.js';
import { currentRun } from './runs.js';
import { useProvider } from './use-provider.js';
import type { JSX } from 'preact';

interface Named {
  readonly name: string;
  readonly title: string;
}

/** How often the list of the providers is read, in milliseconds. */
const everyMs = 30_000;

const lead =
  'A client that is built in. Log in with it, then do what a client does, and what it should not do. Each step shows ' +
  'the request, the answer, and the reason.';

/** The view Playground. */
export function PlaygroundView(): JSX.Element {
  const { data, problem } = useData(
    () => call<{ readonly providers: readonly Named[] }>('GET', '/providers'),
    [],
    everyMs,
  );
  const run = currentRun();
  const asked = filter('provider') ?? run?.provider;
  const providers = data?.providers ?? [];
  const name = (providers.find((each) => each.name === asked) ?? providers[0])?.name ?? '';
  return (
    <Page title="Playground" lead={lead}>
      <ProblemNote problem={data === undefined ? problem : undefined} />
      <div class="tabs play-providers" aria-label="Provider" role="group">
        {providers.map((each) => (
          <Link key={each.name} class="tab" filters={{ provider: each.name }} isCurrent={each.name === name}>
            {each.title}
          </Link>
        ))}
      </div>
      {name === '' ? null : <Provider key={name} name={name} />}
    </Page>
  );
}

function Provider({ name }: { readonly name: string }): JSX.Element {
  const { provider, problem } = useProvider(name);
  const latest = currentRun();
  if (provider === undefined) return problem === undefined ? <Loading /> : <ProblemNote problem={problem} />;
  const run = latest?.provider === name ? latest : undefined;
  return (
    <div class="play">
      <div class="stack">
        <Login provider={provider} run={run} />
        {run === undefined ? null : <RunPanel key={run.state} provider={provider} run={run} />}
      </div>
      {run === undefined ? (
        <Empty title="Nothing was sent yet.">
          <p>
            Press <b>Log in</b>. The provider’s login page opens in this tab, and you come back here with a code.
          </p>
        </Empty>
      ) : (
        <Steps run={run} />
      )}
    </div>
  );
}
