import { Link, route } from '../navigation.js';
import { viewNames } from '../route.js';
import { views } from '../views/index.js';
import type { JSX } from 'preact';

/** The list of the views. */
export function Navigation(): JSX.Element {
  return (
    <nav class="navigation" aria-label="Views">
      <ul>
        {viewNames.map((name) => (
          <li key={name}>
            <Link view={name} isCurrent={route.value.view === name}>
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
