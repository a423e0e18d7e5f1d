import { counted } from '../../format.js';

/** Number of worlds on a page of the list. */
export const pageSize = 50;

/** What is read of the list. With a filter all worlds are read: the API does not select by id. */
export interface WorldRequest {
  readonly limit: number;
  readonly offset: number;
}

/** What has to be read for a page. */
export const worldRequest = (page: number, text: string): WorldRequest =>
  text === '' ? { limit: pageSize, offset: (page - 1) * pageSize } : { limit: 10_000, offset: 0 };

/** What is shown of a list. */
export interface WorldPage<T> {
  readonly shown: readonly T[];
  readonly page: number;
  readonly pages: number;
  /** Which worlds are shown: `1–50 of 5,000 worlds`. */
  readonly words: string;
}

/** Selects the worlds of a page. Without a text, `worlds` is that page already. */
export function worldPage<T extends { readonly id: string }>(
  { worlds, total }: { readonly worlds: readonly T[]; readonly total: number },
  page: number,
  text: string,
): WorldPage<T> {
  const found = text === '' ? worlds : worlds.filter(({ id }) => id.toLowerCase().includes(text.toLowerCase()));
  const count = text === '' ? total : found.length;
  const pages = Math.max(1, Math.ceil(count / pageSize));
  const at = text === '' ? page : Math.min(page, pages);
  const from = (at - 1) * pageSize;
  const shown = text === '' ? found : found.slice(from, from + pageSize);
  return { shown, page: at, pages, words: wordsOf(shown.length, from, count) };
}

function wordsOf(shown: number, from: number, count: number): string {
  const all = counted(count, 'world');
  return shown === count || shown === 0 ? all : `${(from + 1).toLocaleString('en')}–${from + shown} of ${all}`;
}
