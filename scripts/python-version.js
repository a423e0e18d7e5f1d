// The version of the Python package, which is that of the npm package in the spelling of PEP 440.

/** The manifest of the Python package. */
export const pyproject = 'clients/python/pyproject.toml';

const line = /^version = "([^"]*)"$/m;

/**
 * A semantic version as PEP 440 spells it: `1.0.0-rc.2` is `1.0.0rc2`. Throws for a pre-release that PEP 440 does not
 * know.
 */
export function pythonVersion(version) {
  const [, plain, kind, number] = /^(\d+\.\d+\.\d+)(?:-(alpha|beta|rc)\.(\d+))?$/.exec(version) ?? [];
  if (plain === undefined) {
    throw new Error(
      `the version is ${version}; expected 1.2.3, or 1.2.3-alpha.1, -beta.1 or -rc.1, which PyPI knows too`,
    );
  }
  return kind === undefined ? plain : `${plain}${{ alpha: 'a', beta: 'b', rc: 'rc' }[kind]}${number}`;
}

/** The version in the text of pyproject.toml. */
export const versionIn = (toml) => line.exec(toml)?.[1];

/** The text of pyproject.toml with another version. */
export const withVersion = (toml, version) => toml.replace(line, `version = "${version}"`);
