import { Page } from '../../parts/page.js';
import type { JSX } from 'preact';

/** The view Worlds. */
export function WorldsView(): JSX.Element {
  return (
    <Page title="Worlds">
      <p />
    </Page>
  );
}
