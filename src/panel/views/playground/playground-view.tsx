import { useProviders } from '../../api/use-providers.js';
import { filter } from '../../navigation.js';
import { Awaited } from '../../parts/awaited.js';
import { Empty } from '../../parts/empty.js';
import { Page } from '../../parts/page.js';
import { ProviderTabs } from '../../parts/provider-tabs.js';
import { UnknownValue } from '../../parts/unknown-value.js';
import { Login } from './login.js';
import { RunPanel } from './run-panel.js';
import { currentRun } from './runs.js';
import { Steps } from './steps.js';
import { useProvider } from './use-provider.js';
import type { JSX } from 'preact';

const lead =
  'A built-in client. Do what a client does, and what it should not do: each step shows request, answer and reason.';

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
      {data === undefined ? null : <UnknownValue name="provider" known={data.map((each) => each.name)} />}
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
        <Steps run={run} title={provider.title} />
      )}
    </div>
  );
}
