// Writes the bill of materials of the package and of the image, `dist/sbom.cdx.json`: the packages whose code is in
// `dist`. npm lists all that are installed here; the licenses name those that were bundled. Run after the bundling.
import { execSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';

const target = 'dist/sbom.cdx.json';
const manifest = JSON.parse(readFileSync('package.json', 'utf8'));
// from the lockfile, so that it needs no network and is the same on each machine
const options = { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 };
const installed = JSON.parse(execSync('npm sbom --sbom-format cyclonedx --package-lock-only --offline', options));

const refOf = (each) => `${each.name}@${each.version}`;
const listed = new Map(installed.components.map((each) => [refOf(each), each]));
const dependencies = new Map(installed.dependencies.map((each) => [each.ref, each.dependsOn]));

/** A package that no lockfile has: another one contains its files. */
const contained = (each) => ({
  'bom-ref': refOf(each),
  type: 'library',
  name: each.name,
  version: each.version,
  purl: `pkg:npm/${each.name.replace('@', '%40')}@${each.version}`,
  licenses: [{ license: { id: each.license } }],
});

/** npm marks all of them as used for development only. */
const isDevelopmentMark = (property) => property.name === 'cdx:npm:package:development';

const licenses = readFileSync('dist/THIRD-PARTY-LICENSES', 'utf8');
const bundled = [...licenses.matchAll(/^-{80}\n(\S+) (\S+) \((.+)\)$/gm)].map(([, name, version, license]) => {
  const { properties, ...component } = listed.get(`${name}@${version}`) ?? contained({ name, version, license });
  return { ...component, scope: 'required', properties: (properties ?? []).filter((each) => !isDevelopmentMark(each)) };
});
if (bundled.length === 0)
  throw new Error('dist/THIRD-PARTY-LICENSES names no package: run node scripts/bundle.js first');

const refs = new Set(bundled.map((each) => each['bom-ref']));
const { component, tools } = installed.metadata;
const root = component['bom-ref'];
// without the time and the random number of npm's own: the same sources make the same file
const { $schema, bomFormat, specVersion } = installed;
const sbom = {
  $schema,
  bomFormat,
  specVersion,
  version: installed.version,
  // npm takes the name of the folder
  metadata: { lifecycles: [{ phase: 'build' }], tools, component: { ...component, name: manifest.name } },
  components: bundled,
  dependencies: [
    { ref: root, dependsOn: [...refs] },
    ...[...refs].map((ref) => ({ ref, dependsOn: (dependencies.get(ref) ?? []).filter((each) => refs.has(each)) })),
  ],
};
writeFileSync(target, `${JSON.stringify(sbom, null, 2)}\n`);
