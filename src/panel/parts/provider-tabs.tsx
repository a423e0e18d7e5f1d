import { Link } from '../navigation.js';
import type { JSX } from 'preact';
import type { NamedProvider } from '../api/use-providers.js';

interface ProviderTabsProps {
  readonly providers: readonly NamedProvider[];
  readonly shown: string | undefined;
}

/** Links to the same view of each provider. */
export function ProviderTabs({ providers, shown }: ProviderTabsProps): JSX.Element {
  return (
    <nav class="tabs" aria-label="Providers">
      {providers.map(({ name, title }) => (
        <Link key={name} filters={{ provider: name }} isCurrent={name === shown}>
          {title}
        </Link>
      ))}
    </nav>
  );
}
