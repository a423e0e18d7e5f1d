import { call } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import { Link, filter } from '../../navigation.js';
import { Empty, Loading } from '../../parts/empty.js';
import { Page } from '../../parts/page.js';
import { ProblemNote } from '../../parts/problem-note.js';
import { FirstRequest } from './first-request.js';
import { FirstSteps } from './first-steps.js';
import { OtherUrls } from './other-urls.js';
import { ProviderSetup } from './provider-setup.js';
import type { JSX } from 'preact';
import type { ListedProvider } from './listed-provider.js';

/** How often the providers are read, in milliseconds. Their URLs hardly change. */
const everyMs = 5000;

const lead =
  'Understudy stands in for the providers while you test a client of theirs. New here? Follow the five steps: they ' +
  'take two minutes and need no client of your own.';

/** The view Start. */
export function StartView(): JSX.Element {
  const { data, problem } = useData(
    () => call<{ readonly providers: readonly ListedProvider[] }>('GET', '/providers'),
    [],
    everyMs,
  );
  return (
    <Page title="Start" lead={lead}>
      <FirstSteps />
      <FirstRequest />
      <ProblemNote problem={data === undefined ? problem : undefined} />
      {data === undefined ? problem === undefined ? <Loading /> : null : <Providers providers={data.providers} />}
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
      {asked !== undefined && asked !== open.name ? (
        <p class="note warning">
          There is no provider “{asked}”. This is {open.title}.
        </p>
      ) : null}
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
