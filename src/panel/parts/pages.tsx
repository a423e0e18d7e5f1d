import { setFilters } from '../navigation.js';
import { Button } from './button.js';
import { UnknownValue } from './unknown-value.js';
import type { JSX } from 'preact';

interface PagesProps {
  /** The page that is shown, from 1. */
  readonly page: number;
  readonly pages: number;
  readonly label: string;
  readonly back: string;
  readonly on: string;
  /** Filters that are set with the page. */
  readonly also?: Readonly<Record<string, string>>;
}

/** The way through a list by pages. Nothing if there is one page. */
export function Pages({ page, pages, label, back, on, also }: PagesProps): JSX.Element | null {
  if (pages <= 1) return null;
  const turn = (to: number) => (): void => {
    setFilters({ ...also, page: to === 1 ? '' : String(to) });
  };
  return (
    <nav class="actions pages" aria-label={label}>
      <UnknownValue name="page" known={[String(page)]} words={`1 to ${pages}`} />
      <Button isDisabled={page <= 1} onClick={turn(page - 1)}>
        {back}
      </Button>
      <span class="quiet small">
        Page {page.toLocaleString('en')} of {pages.toLocaleString('en')}
      </span>
      <Button isDisabled={page >= pages} onClick={turn(page + 1)}>
        {on}
      </Button>
    </nav>
  );
}
