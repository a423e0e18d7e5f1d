import { signal } from '@preact/signals';
import { world } from '../../navigation.js';
import { Badge } from '../../parts/badge.js';
import { CopyButton } from '../../parts/copy-button.js';
import { redirectOutcome } from './redirect-outcome.js';
import type { JSX } from 'preact';
import type { WaitingPage } from './waiting-pages.js';

/** A page that this tab answered. */
interface AnsweredPage {
  readonly world: string;
  readonly page: WaitingPage;
  readonly redirectTo: string;
}

/** Number of answered pages that the tab remembers. */
const remembered = 10;
const answered = signal<readonly AnsweredPage[]>([]);

/** Remembers what an answered page became. */
export function remember(page: WaitingPage, redirectTo: string): void {
  answered.value = [{ world: world.value, page, redirectTo }, ...answered.value].slice(0, remembered);
}

/** What the answered pages became, the newest first. */
export function Answered(): JSX.Element | null {
  const own = answered.value.filter((each) => each.world === world.value);
  if (own.length === 0) return null;
  return (
    <div class="answered-pages">
      <h3>Answered here</h3>
      <ul>
        {own.map(({ page, redirectTo }) => {
          const { isAllowed, words } = redirectOutcome(redirectTo);
          return (
            <li key={page.id}>
              <p>
                <Badge tone={isAllowed ? 'good' : 'danger'}>{isAllowed ? 'allowed' : 'denied'}</Badge>{' '}
                <code>{page.clientId}</code> at {page.provider.title}. {words} A browser that shows the page goes on by
                itself.
              </p>
              <p class="answered-redirect">
                <code>{redirectTo}</code> <CopyButton text={redirectTo} what="redirect" />
              </p>
            </li>
          );
        })}
      </ul>
    </div>
  );
}
