import { useRef } from 'preact/hooks';
import { filter, setFilters } from '../../navigation.js';
import { CodeBlock } from '../../parts/code-block.js';
import { snippets } from './snippets/snippets.js';
import type { JSX } from 'preact';
import type { ClientSetup } from '../../client-setup.js';
import type { Snippet } from './snippets/snippets.js';

const first = snippets[0] as Snippet;

/** The settings of a client, and clients in several languages, as tabs. */
export function SnippetTabs({ setup }: { readonly setup: ClientSetup }): JSX.Element {
  const place = useRef<HTMLDivElement>(null);
  const open = snippets.find(({ name }) => name === filter('as')) ?? first;
  const move = (by: number): void => {
    const next = snippets[(snippets.indexOf(open) + by + snippets.length) % snippets.length] as Snippet;
    setFilters({ as: next.name }, { replace: true });
    place.current?.querySelector<HTMLElement>(`#tab-${next.name}`)?.focus();
  };
  return (
    <section class="card start-snippets">
      <h2>Client code</h2>
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
        <CodeBlock text={open.write(setup)} what={`${open.title} for ${setup.title}`} />
      </div>
    </section>
  );
}
