import { Page } from '../../parts/page.js';
import type { JSX } from 'preact';

/** The view Tokens. */
export function TokensView(): JSX.Element {
  return (
    <Page title="Tokens">
      <p />
    </Page>
  );
}
