import { useEffect, useRef } from 'preact/hooks';
import { Link, route } from '../navigation.js';
import { viewNames } from '../route.js';
import { views } from '../views/index.js';
import type { JSX } from 'preact';

/** The list of the views. */
export function Navigation(): JSX.Element {
  const place = useRef<HTMLElement>(null);
  const { view } = route.value;
  useEffect(() => {
    // in a narrow window the list scrolls sideways
    place.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [view]);
  return (
    <nav ref={place} class="navigation" aria-label="Views">
      <ul>
        {viewNames.map((name) => (
          <li key={name}>
            <Link view={name} isCurrent={view === name}>
              <svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false">
                <path d={views[name].icon} />
              </svg>
              <span>{views[name].title}</span>
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
