import { Page } from '../../parts/page.js';
import type { JSX } from 'preact';

/** The view Clock. */
export function ClockView(): JSX.Element {
  return (
    <Page title="Clock">
      <p />
    </Page>
  );
}
