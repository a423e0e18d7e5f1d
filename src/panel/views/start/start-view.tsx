import { Link, filter } from '../../navigation.js';
import { Empty } from '../../parts/empty.js';
import { Page } from '../../parts/page.js';
import { UnknownValue } from '../../parts/unknown-value.js';
import { FirstRequest } from './first-request.js';
import { FirstSteps } from './first-steps.js';
import { OtherUrls } from './other-urls.js';
import { ProviderSetup } from './provider-setup.js';
import { Awaited } from '../../parts/awaited.js';
import { useProviders } from '../../api/use-providers.js';
import type { JSX } from 'preact';
import type { ListedProvider } from './listed-provider.js';

const lead =
  'Understudy stands in for the providers while you test a client of theirs. New here? Follow the five steps: they ' +
  'take two minutes and need no client of your own.';

/** The view Start. */
export function StartView(): JSX.Element {
  const { data, problem } = useProviders<ListedProvider>();
  return (
    <Page title="Start" lead={lead}>
      <FirstRequest />
      <FirstSteps />
      <Awaited data={data} problem={problem} />
      {data === undefined ? null : <Providers providers={data} />}
    </Page>
  );
}

function Providers({ providers }: { readonly providers: readonly ListedProvider[] }): JSX.Element {
  const asked = filter('provider');
  const open = providers.find(({ name }) => name === asked) ?? providers[0];
  if (open === undefined) return <Empty title="This server has no provider." />;
  return (
    <>
      <h2 class="start-heading">Connect your client</h2>
      <UnknownValue name="provider" known={providers.map(({ name }) => name)} />
      <ul class="start-providers" aria-label="Providers">
        {providers.map(({ name, title, origin }) => (
          <li key={name}>
            <Link class="start-provider" filters={{ ...openTab(), provider: name }} isCurrent={name === open.name}>
              <span class="strong">{title}</span>
              <span class="quiet small">instead of {origin.replace(/^https?:\/\//, '')}</span>
            </Link>
          </li>
        ))}
      </ul>
      <ProviderSetup key={open.name} provider={open} />
      <OtherUrls provider={open} />
    </>
  );
}

/** The snippet that is open stays open at another provider. */
function openTab(): Readonly<Record<string, string>> {
  const tab = filter('as');
  return tab === undefined ? {} : { as: tab };
}
