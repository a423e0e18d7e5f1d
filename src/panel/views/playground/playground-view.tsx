import { Page } from '../../parts/page.js';
import type { JSX } from 'preact';

/** The view Playground. */
export function PlaygroundView(): JSX.Element {
  return (
    <Page title="Playground">
      <p />
    </Page>
  );
}
