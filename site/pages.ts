import { readFileSync, readdirSync } from 'node:fs';

/** A page of the documentation. */
export interface Page {
  /** Relative to the folder of the documentation, with slashes: `how-to/debug.md`. */
  readonly path: string;
  readonly title: string;
}

/** A group of the sidebar, in the form that VitePress reads. */
export interface Group {
  readonly text: string;
  /** VitePress opens the group of the page that is shown. */
  readonly collapsed: true;
  readonly items: readonly { readonly text: string; readonly link: string }[];
}

/** The groups of the sidebar: what users need comes before what contributors need. */
const groups = [
  { text: 'Tutorials', has: /^tutorial\// },
  { text: 'How-to guides', has: /^how-to\/(?!add-|debug|release)/ },
  { text: 'Reference', has: /^reference\// },
  { text: 'Providers', has: /^providers\// },
  { text: 'Explanation', has: /^explanation\// },
  { text: 'Contributing', has: /^how-to\/(add-|debug|release)/ },
  { text: 'Decisions', has: /^decisions\// },
  { text: 'More', has: /^(?!(tutorial|how-to|reference|providers|explanation|decisions)\/)/ },
];

const frontPage = 'README.md';

/**
 * Reads all pages of the documentation, in the order of its index, `README.md`. Pages that the index does not name come last, in the
 * order of their paths.
 *
 * @throws Error if a page has no heading, because the sidebar needs a title
 */
export function readPages(folder: string): readonly Page[] {
  const index = readFileSync(`${folder}/${frontPage}`, 'utf8');
  const position = ({ path }: Page): number => {
    const found = index.indexOf(`](${path})`);
    return found === -1 ? index.length : found;
  };
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((name) => name.replaceAll('\\', '/'))
    .filter((path) => path.endsWith('.md'))
    .sort()
    .map((path) => ({ path, title: titleOf(path, readFileSync(`${folder}/${path}`, 'utf8')) }))
    .sort((a, b) => position(a) - position(b));
}

/** The text of the first heading, without the backticks of code. */
function titleOf(path: string, text: string): string {
  const [, heading] = /^# (.+)$/m.exec(text) ?? [];
  if (heading === undefined) throw new Error(`${path} has no title: expected a line that begins with "# "`);
  return heading.replaceAll('`', '');
}

/** The sidebar, which has every page except the front page, and no empty group. */
export function sidebarOf(pages: readonly Page[]): readonly Group[] {
  return groups
    .map(({ text, has }): Group => ({
      text,
      collapsed: true,
      items: pages
        .filter(({ path }) => path !== frontPage && has.test(path))
        .map(({ path, title }) => ({ text: title, link: `/${sitePath(path)}` })),
    }))
    .filter(({ items }) => items.length > 0);
}

/** The path of a page within the site. GitHub shows README.md for a folder, and the site shows index.md. */
export function sitePath(path: string): string {
  return path.replace(/(^|\/)README\.md$/, '$1index.md');
}
