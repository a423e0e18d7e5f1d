import { statSync } from 'node:fs';
import { join, posix } from 'node:path';
import { sitePath } from './pages.js';

/** What the links of the pages are resolved against. */
export interface LinkContext {
  /** The root of the repository, an absolute path. */
  readonly root: string;
  /** The pages that show the files of the repository, `https://github.com/OWNER/NAME`. */
  readonly repositoryUrl: string;
  /** The branch, tag or commit of these files. */
  readonly ref: string;
}

/**
 * The address within the site, or at the repository, that a link of a Markdown file leads to. A link to a page becomes an absolute path
 * that ends in `.md`, which VitePress checks and completes. A link to any other file of the repository leads to the repository.
 *
 * @param file the Markdown file that has the link, from the root of the repository: `docs/how-to/debug.md`
 * @throws Error if the link leads to no file
 */
export function resolveLink(file: string, link: string, { root, repositoryUrl, ref }: LinkContext): string {
  if (/^([a-z][a-z+.-]*:|#)/i.test(link)) return link;
  const [path = '', ...anchors] = link.split(/(?=#)/);
  const anchor = anchors.join('');
  const target = posix.join(posix.dirname(file), decodeURI(path));
  const found = statSync(join(root, target), { throwIfNoEntry: false });
  if (found === undefined || target.startsWith('../')) {
    throw new Error(`${file} links to ${link}: there is no file ${target} in the repository`);
  }
  const [, page] = /^docs\/(.+\.md)$/.exec(target) ?? [];
  if (page !== undefined) return `/${sitePath(page)}${anchor}`;
  return `${repositoryUrl}/${found.isDirectory() ? 'tree' : 'blob'}/${ref}/${encodeURI(target)}${anchor}`;
}

/** The anchor that GitHub gives to a heading. The links of the pages use it, so the site has to give the same. */
export function anchorOf(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, '')
    .replaceAll(' ', '-');
}

/**
 * The links of the finished site that lead to no page, or to no element of it. VitePress checks pages, and no anchors.
 *
 * @param html the text of each page, by its path in the site: `how-to/debug.html`
 * @param base the path below which the site is served; begins and ends with a slash
 */
export function deadLinks(html: ReadonlyMap<string, string>, base: string): readonly string[] {
  const site = `http://site.invalid${base}`;
  const ids = new Map([...html].map(([path, text]) => [path, new Set(matches(text, / id="([^"]+)"/g))]));
  const isDead = (path: string, link: string): boolean => {
    const { href, hash } = new URL(link, site + path);
    if (!href.startsWith('http://site.invalid')) return false;
    const page = decodeURI(href.slice(site.length).split(/[?#]/)[0] ?? '').replace(/(^|\/)$/, '$1index.html');
    const known = href.startsWith(site) ? ids.get(page) : undefined;
    return known === undefined || (hash !== '' && !known.has(decodeURIComponent(hash.slice(1))));
  };
  return [...html].flatMap(([path, text]) =>
    matches(text, /<a [^>]*href="([^"]+)"/g)
      .filter((link) => isDead(path, link))
      .map((link) => `${path}: ${link}`),
  );
}

function matches(text: string, pattern: RegExp): readonly string[] {
  return [...text.matchAll(pattern)].map(([, found = '']) => found);
}
