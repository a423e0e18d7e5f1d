import { Page } from '../../parts/page.js';
import type { JSX } from 'preact';

/** The view Start. */
export function StartView(): JSX.Element {
  return (
    <Page title="Start">
      <p />
    </Page>
  );
}
