// The documentation as a site: `npm run docs:site`. Its pages are the files of docs/, as GitHub shows them.
import { readFileSync, readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitepress';
import type { MarkdownRenderer } from 'vitepress';
import { repositoryOf, repositoryUrlOf } from '../../scripts/release-names.js';
import { frontPage } from '../front-page.js';
import { anchorOf, deadLinks, resolveLink } from '../links.js';
import { readPages, sidebarOf, sitePath } from '../pages.js';

const root = fileURLToPath(new URL('../..', import.meta.url));
const manifest = JSON.parse(readFileSync(`${root}package.json`, 'utf8'));
const links = { root, repositoryUrl: repositoryUrlOf(manifest), ref: `v${manifest.version}` };
const pages = readPages(`${root}docs`);
const sidebar = sidebarOf(pages);
// the path below which the site is served: at GitHub Pages, the name of the repository
const base = `${process.env.SITE_BASE ?? ''}/`;
const icon = `data:image/svg+xml,${encodeURIComponent(readFileSync(`${root}site/icon.svg`, 'utf8'))}`;

const firstOf = (group: string): string => sidebar.find(({ text }) => text === group)!.items[0]!.link;
const withLink = <T extends { readonly link: string }>(each: T): T => ({
  ...each,
  link: resolveLink('docs/README.md', each.link, links).replace(/\.md$/, ''),
});

/** The pages are written for GitHub: their links get the addresses of the site. The front page has a main heading already, its name. */
function adaptPages(md: MarkdownRenderer): void {
  md.core.ruler.push('links', ({ tokens, env }) => {
    const file = env.path.slice(root.length);
    for (const token of tokens.flatMap(({ children }) => children ?? [])) {
      const href = token.attrGet('href');
      if (token.type === 'link_open' && href !== null) token.attrSet('href', resolveLink(file, href, links));
    }
    if (file !== 'docs/index.md') return;
    for (const token of tokens.filter(({ tag }) => tag === 'h1')) token.tag = 'h2';
  });
}

/** A block in Mermaid becomes a picture: theme/MermaidPicture.vue. */
function showPictures(md: MarkdownRenderer): void {
  const fence = md.renderer.rules.fence!;
  md.renderer.rules.fence = (tokens, i, ...rest) => {
    const { info, content } = tokens[i]!;
    if (info.trim() !== 'mermaid') return fence(tokens, i, ...rest);
    return `<MermaidPicture code="${md.utils.escapeHtml(content).replaceAll('\n', '&#10;')}" />`;
  };
}

export default defineConfig({
  title: 'Understudy',
  description: manifest.description,
  lang: 'en',
  base,
  srcDir: '../docs',
  outDir: '../.cache/site',
  cacheDir: '../.cache/vitepress',
  rewrites: sitePath,
  head: [['link', { rel: 'icon', type: 'image/svg+xml', href: icon }]],
  // the addresses of a server on the reader's machine
  ignoreDeadLinks: 'localhostLinks',
  markdown: {
    anchor: { slugify: anchorOf },
    // at GitHub, braces are text: `GET /__admin/worlds/{id}`
    attrs: { disable: true },
    config(md) {
      adaptPages(md);
      showPictures(md);
    },
  },
  themeConfig: {
    logo: { src: icon, alt: '' },
    search: { provider: 'local' },
    outline: [2, 3],
    nav: [
      { text: 'Tutorials', link: firstOf('Tutorials'), activeMatch: '^/tutorial/' },
      { text: 'How-to', link: firstOf('How-to guides'), activeMatch: '^/how-to/' },
      { text: 'Reference', link: firstOf('Reference'), activeMatch: '^/reference/' },
      { text: 'Providers', link: firstOf('Providers'), activeMatch: '^/providers/' },
      { text: `v${manifest.version}`, link: resolveLink('docs/README.md', '../CHANGELOG.md', links), noIcon: true },
    ],
    sidebar: sidebar.map((group) => ({ ...group, items: [...group.items] })),
    ...(repositoryOf(manifest) === undefined
      ? {}
      : {
          socialLinks: [{ icon: 'github', link: links.repositoryUrl }],
          editLink: { pattern: `${links.repositoryUrl}/edit/main/docs/:path` },
        }),
  },
  vite: {
    // the reference of the admin API is one long page
    build: { chunkSizeWarningLimit: 2000 },
    plugins: [
      {
        // The pages import Vue when they are rendered. It would be looked for beside docs/, where nothing is installed.
        name: 'vue-outside-of-the-pages',
        enforce: 'pre',
        resolveId: (id, _importer, { ssr }) => (ssr && /^vue(\/|$)/.test(id) ? { id, external: true } : undefined),
      },
    ],
  },
  transformPageData(page) {
    if (page.relativePath !== 'index.md') return undefined;
    const hero = { ...frontPage.hero, actions: frontPage.hero.actions.map(withLink) };
    return {
      title: 'Understudy',
      titleTemplate: frontPage.hero.text,
      frontmatter: { layout: 'home', hero, features: frontPage.features.map(withLink) },
    };
  },
  buildEnd({ outDir }) {
    const names = readdirSync(outDir, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.html'));
    const html = new Map(names.map((name) => [name.replaceAll('\\', '/'), readFileSync(`${outDir}/${name}`, 'utf8')]));
    const dead = deadLinks(html, base);
    if (dead.length > 0) throw new Error(`These links lead to nothing:\n${dead.join('\n')}`);
  },
});
