import { Page } from '../../parts/page.js';
import type { JSX } from 'preact';

/** The view Timeline. */
export function TimelineView(): JSX.Element {
  return (
    <Page title="Timeline">
      <p />
    </Page>
  );
}
