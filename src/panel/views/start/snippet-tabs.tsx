import { useRef } from 'preact/hooks';
import { call, providerPath } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import { filter, setFilters } from '../../navigation.js';
import { Awaited } from '../../parts/awaited.js';
import { CodeBlock } from '../../parts/code-block.js';
import { UnknownValue } from '../../parts/unknown-value.js';
import type { JSX } from 'preact';
import type { ClientSnippets } from '../../../client/index.js';
import type { ListedProvider } from './listed-provider.js';

type Snippet = ClientSnippets['snippets'][number];

interface SnippetTabsProps {
  readonly provider: ListedProvider;
  /** The id of a client. */
  readonly client: string;
}

/** The settings of a client, and clients in several languages, as tabs. */
export function SnippetTabs({ provider, client }: SnippetTabsProps): JSX.Element {
  const path = `${providerPath(provider.name)}/clients/${encodeURIComponent(client)}/snippets`;
  const { data, problem } = useData(() => call<ClientSnippets>('GET', path), [path]);
  return (
    <section class="card start-snippets">
      <h2>Client code</h2>
      {data === undefined ? (
        <Awaited data={data} problem={problem} />
      ) : (
        <Tabs snippets={data.snippets} provider={provider.title} />
      )}
    </section>
  );
}

interface TabsProps {
  readonly snippets: readonly Snippet[];
  /** The title of the provider. */
  readonly provider: string;
}

function Tabs({ snippets, provider }: TabsProps): JSX.Element | null {
  const place = useRef<HTMLDivElement>(null);
  const index = Math.max(
    0,
    snippets.findIndex(({ name }) => name === filter('as')),
  );
  const open = snippets[index];
  if (open === undefined) return null;
  const move = (by: number): void => {
    const next = snippets[(index + by + snippets.length) % snippets.length] ?? open;
    setFilters({ as: next.name }, { replace: true });
    place.current?.querySelector<HTMLElement>(`#tab-${next.name}`)?.focus();
  };
  return (
    <>
      <UnknownValue name="as" known={snippets.map(({ name }) => name)} />
      <div
        ref={place}
        class="tabs"
        role="tablist"
        aria-label="Form of the settings"
        onKeyDown={({ key }) => {
          if (key === 'ArrowRight') move(1);
          if (key === 'ArrowLeft') move(-1);
        }}
      >
        {snippets.map(({ name, title }) => (
          <button
            key={name}
            type="button"
            role="tab"
            id={`tab-${name}`}
            aria-selected={name === open.name}
            aria-controls="snippet"
            tabindex={name === open.name ? 0 : -1}
            onClick={() => {
              setFilters({ as: name });
            }}
          >
            {title}
          </button>
        ))}
      </div>
      <div id="snippet" role="tabpanel" aria-labelledby={`tab-${open.name}`}>
        <CodeBlock text={open.text} what={`${open.title} for ${provider}`} />
      </div>
    </>
  );
}
