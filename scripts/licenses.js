import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const target = 'dist/THIRD-PARTY-LICENSES';

/** The folder of the package that a bundled file belongs to. */
const packageFolder = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;

/**
 * Writes the licenses of everything in `dist` that is not ours.
 *
 * @param inputs the files that were bundled
 * @param others what was copied
 * @throws Error if a package has no license
 */
export function writeLicenses(inputs, others) {
  const folders = new Set([...inputs, ...mappedSources()].flatMap((file) => packageFolder.exec(file)?.[0] ?? []));
  // a package can be there twice, in the same version
  const packages = new Map([...[...folders].map(licenseOf), ...others].map((each) => [heading(each), each]));
  const sections = [...packages.keys()].sort().map((title) => `${title}\n\n${packages.get(title).text.trim()}\n`);
  writeFileSync(
    target,
    `oauth-understudy contains code of these ` +
      `packages.\n\n${sections.map((text) => `${'-'.repeat(80)}\n${text}`).join('\n')}`,
  );
}

/** The sources that the source maps name: a package can have bundled another one itself. */
function mappedSources() {
  const folder = 'dist/chunks';
  return readdirSync(folder)
    .filter((file) => file.endsWith('.map'))
    .flatMap((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')).sources)
    .map((source) => join(folder, source));
}

const heading = ({ name, version, license }) => `${name} ${version} (${license})`;

function licenseOf(folder) {
  const { name, version, license, author } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8'));
  const files = readdirSync(folder).filter((file) => /^(?:licen[cs]e|notice|copying)(?:\.|$)/i.test(file));
  const text = files.map((file) => readFileSync(`${folder}/${file}`, 'utf8').trim()).join('\n\n');
  return { name, version, license, text: text || standardText(name, license, author) };
}

/**
 * The text of the MIT license, for a package that only names it. It is the same as ours, below the line of the
 * copyright.
 */
function standardText(name, license, author) {
  if (license !== 'MIT' || author === undefined) throw new Error(`${name} has no license file`);
  const ours = readFileSync('LICENSE', 'utf8');
  return `Copyright (c) ${author.name ?? author}\n\n${ours.slice(ours.indexOf('Permission is hereby granted'))}`;
}
