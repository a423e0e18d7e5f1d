import { Page } from '../../parts/page.js';
import type { JSX } from 'preact';

/** The view Settings. */
export function SettingsView(): JSX.Element {
  return (
    <Page title="Settings">
      <p />
    </Page>
  );
}
