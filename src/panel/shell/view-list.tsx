import { useEffect, useRef } from 'preact/hooks';
import { KeysHint } from './keys.js';
import { Link, route } from '../navigation.js';
import { viewNames } from '../route.js';
import { views } from '../views/index.js';
import type { JSX } from 'preact';

/** The list of the views. */
export function ViewList(): JSX.Element {
  const place = useRef<HTMLElement>(null);
  const { view } = route.value;
  useEffect(() => {
    const link = place.current?.querySelector<HTMLElement>('[aria-current]');
    // in a narrow window the list scrolls sideways; scrollIntoView would have the key Tab go on from there
    if (link) place.current?.scrollTo(link.offsetLeft - (place.current.clientWidth - link.offsetWidth) / 2, 0);
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
      <KeysHint />
    </nav>
  );
}
