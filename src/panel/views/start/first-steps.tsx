import { Link } from '../../navigation.js';
import type { JSX } from 'preact';
import type { ViewName } from '../../route.js';

interface Step {
  readonly view: ViewName;
  readonly title: string;
  readonly text: string;
}

const steps: readonly Step[] = [
  { view: 'playground', title: 'Log in', text: 'with the client that is built in' },
  { view: 'timeline', title: 'Look', text: 'at each request and its reason' },
  { view: 'clock', title: 'Expire', text: 'the access token by the clock' },
  { view: 'faults', title: 'Break', text: 'the next refresh with a fault' },
  { view: 'findings', title: 'Read', text: 'what the client did wrong' },
];

/** What a newcomer does first. */
export function FirstSteps(): JSX.Element {
  return (
    <ol class="start-steps" aria-label="First steps">
      {steps.map(({ view, title, text }, i) => (
        <li key={view}>
          <Link class="start-step" view={view}>
            <span class="start-number" aria-hidden="true">
              {i + 1}
            </span>
            <span>
              <span class="strong">{title}</span>
              <span class="quiet small">{text}</span>
            </span>
          </Link>
        </li>
      ))}
    </ol>
  );
}
