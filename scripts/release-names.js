// The names under which a release is published, as the pages and the examples of CI write them. The owner comes from
// `repository` in package.json, the version from `version`. `npm version` writes both into every page
// (scripts/prepare-release.js).
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const name = 'oauth-understudy';
/** The owner in the pages as long as package.json names no repository. */
const placeholder = 'your-organisation';

/** Of third parties, generated, or history: the changelog names what was true at its time. */
const leftOut = /^(node_modules|dist|vendor|CHANGELOG\.md|\.(?!github$).*)$/;

/** The code that names the image. */
const code = join('src', 'runners', 'image.ts');

/**
 * The files that can name a release: pages, YAML outside of tests, the entries for SchemaStore, and the code that names
 * the image.
 */
export function filesWithNames(folder = '.') {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (leftOut.test(entry.name) || path === 'test') return [];
    if (entry.isDirectory()) return filesWithNames(path);
    return path === code || /\.(md|ya?ml)$|^catalog\.json$/.test(entry.name) ? [path] : [];
  });
}

/** The repository at GitHub, `owner/name`, that package.json names. `undefined` if it names none. */
export function repositoryOf({ repository }) {
  const text = typeof repository === 'string' ? repository : repository?.url;
  return /(?:^|github:|github\.com[/:])([\w.-]+\/[\w.-]+?)(?:\.git)?$/.exec(text ?? '')?.[1];
}

/** The pages of the repository at GitHub, for links to its files. */
export function repositoryUrlOf(manifest) {
  return `https://github.com/${repositoryOf(manifest) ?? `${placeholder}/${name}`}`;
}

/**
 * The text with the owner and the version of a manifest in each name: image, action, raw file, package with its
 * version.
 */
export function withNames(text, manifest) {
  const { version } = manifest;
  const owner = repositoryOf(manifest)?.split('/')[0] ?? placeholder;
  const anyVersion = '\\d+\\.\\d+\\.\\d+(?:-[\\w.]*\\w)?';
  const names = [
    // the names of images have no capital letters
    [`ghcr\\.io/[\\w.-]+/${name}:${anyVersion}`, `ghcr.io/${owner.toLowerCase()}/${name}:${version}`],
    [`[\\w.-]+/${name}((?:/[\\w-]+)*)@v${anyVersion}`, `${owner}/${name}$1@v${version}`],
    [`githubusercontent\\.com/[\\w.-]+/${name}/v${anyVersion}`, `githubusercontent.com/${owner}/${name}/v${version}`],
    // SchemaStore is told an address once, for all versions
    [`githubusercontent\\.com/[\\w.-]+/${name}/main/`, `githubusercontent.com/${owner}/${name}/main/`],
    [`(?<![\\w/.-])${name}@${anyVersion}`, `${name}@${version}`],
  ];
  return names.reduce((all, [pattern, replacement]) => all.replaceAll(new RegExp(pattern, 'g'), replacement), text);
}
