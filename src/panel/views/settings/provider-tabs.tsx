import { Link } from '../../navigation.js';
import type { JSX } from 'preact';

interface ProviderTabsProps {
  readonly providers: readonly { readonly name: string; readonly title: string }[];
  readonly shown: string | undefined;
}

/** Links to the settings of each provider. */
export function ProviderTabs({ providers, shown }: ProviderTabsProps): JSX.Element {
  return (
    <nav class="provider-tabs" aria-label="Providers">
      {providers.map(({ name, title }) => (
        <Link key={name} view="settings" filters={{ provider: name }} isCurrent={name === shown}>
          {title}
        </Link>
      ))}
    </nav>
  );
}
