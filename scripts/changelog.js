// Reads and changes CHANGELOG.md, in the form of Keep a Changelog: a heading of the second level for each version.

const heading = /^## \[([^\]]+)\](?: - (\d{4}-\d\d-\d\d))?$/;

/**
 * The section of a version: its date, if it has one, and its text without the heading. `undefined` if there is none.
 */
export function sectionOf(changelog, version) {
  const lines = changelog.split('\n');
  const from = lines.findIndex((line) => heading.exec(line)?.[1] === version);
  if (from < 0) return undefined;
  const length = lines.slice(from + 1).findIndex((line) => line.startsWith('## '));
  const text = lines.slice(from + 1, length < 0 ? undefined : from + 1 + length).join('\n');
  return { date: heading.exec(lines[from])[2], text: text.trim() };
}

/** The changelog in which the unreleased changes belong to a version, with an empty section for the next changes. */
export function withRelease(changelog, version, date) {
  return changelog.replace(/^## \[Unreleased\]$/m, `## [Unreleased]\n\n## [${version}] - ${date}`);
}
