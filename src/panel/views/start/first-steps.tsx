import { journalRows } from '../../journal/store.js';
import { Link, filter } from '../../navigation.js';
import { Badge } from '../../parts/badge.js';
import { opened } from './opened.js';
import { stepsDone } from './steps-done.js';
import type { JSX } from 'preact';
import type { ViewName } from '../../route.js';

interface Step {
  readonly view: ViewName;
  readonly title: string;
  readonly text: string;
}

const steps: readonly Step[] = [
  { view: 'playground', title: 'Log in', text: 'with the built-in client, and exchange the code' },
  { view: 'clock', title: 'Expire', text: 'the access token by the clock, then call the API' },
  { view: 'faults', title: 'Break', text: 'the next refresh with a fault, then refresh twice' },
  { view: 'timeline', title: 'Look', text: 'at each request and its reason' },
  { view: 'findings', title: 'Read', text: 'what the client did wrong: the second refresh' },
];

/** What a newcomer does first. The steps that were done are ticked off. */
export function FirstSteps(): JSX.Element {
  const provider = filter('provider');
  const done = stepsDone(journalRows().list, opened.value);
  return (
    <ol class="start-steps" aria-label="First steps">
      {steps.map(({ view, title, text }, i) => (
        <li key={view}>
          <Link
            class="start-step"
            view={view}
            filters={view === 'playground' && provider !== undefined ? { provider } : {}}
          >
            <span class="start-number" aria-hidden="true">
              {i + 1}
            </span>
            <span>
              <span class="strong">
                {title} {done[i] === true ? <Badge tone="good">done</Badge> : null}
              </span>
              <span class="quiet small">{text}</span>
            </span>
          </Link>
        </li>
      ))}
    </ol>
  );
}
