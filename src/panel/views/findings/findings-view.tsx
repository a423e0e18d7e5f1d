import { Page } from '../../parts/page.js';
import type { JSX } from 'preact';

/** The view Findings. */
export function FindingsView(): JSX.Element {
  return (
    <Page title="Findings">
      <p />
    </Page>
  );
}
