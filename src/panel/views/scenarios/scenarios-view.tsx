import { Page } from '../../parts/page.js';
import type { JSX } from 'preact';

/** The view Scenarios. */
export function ScenariosView(): JSX.Element {
  return (
    <Page title="Scenarios">
      <p />
    </Page>
  );
}
