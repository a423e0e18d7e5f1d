import { Page } from '../../parts/page.js';
import type { JSX } from 'preact';

/** The view Faults. */
export function FaultsView(): JSX.Element {
  return (
    <Page title="Faults">
      <p />
    </Page>
  );
}
