import { filter } from '../../navigation.js';
import { Empty } from '../../parts/empty.js';
import { Page } from '../../parts/page.js';
import { Login } from './login.js';
import { RunPanel } from './run-panel.js';
import { Steps } from './steps.js';
import { currentRun } from './runs.js';
import { useProvider } from './use-provider.js';
import { Awaited } from '../../parts/awaited.js';
import { ProviderTabs } from '../../parts/provider-tabs.js';
import { useProviders } from '../../api/use-providers.js';
import type { JSX } from 'preact';

const lead =
  'A client that is built in. Log in with it, then do what a client does, and what it should not do. Each step shows ' +
  'the request, the answer, and the reason.';

/** The view Playground. */
export function PlaygroundView(): JSX.Element {
  const { data, problem } = useProviders();
  const run = currentRun();
  const asked = filter('provider') ?? run?.provider;
  const providers = data ?? [];
  const name = (providers.find((each) => each.name === asked) ?? providers[0])?.name ?? '';
  return (
    <Page title="Playground" lead={lead}>
      <ProviderTabs providers={providers} shown={name} />
      <Awaited data={data} problem={problem} />
      {name === '' ? null : <Provider key={name} name={name} />}
    </Page>
  );
}

function Provider({ name }: { readonly name: string }): JSX.Element {
  const { provider, problem } = useProvider(name);
  const latest = currentRun();
  if (provider === undefined) return <Awaited data={provider} problem={problem} />;
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
