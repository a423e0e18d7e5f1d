import { readFileSync, writeFileSync } from 'node:fs';
import { apiLines } from './api-lines.js';
import { commandLines, nameLines } from './name-lines.js';
import { schemaLines } from './schema-lines.js';
import { typeLines, typeMistakes } from './type-lines.js';
import type { Schema } from '../json-schema.js';

/** What users of a version can rely on: see docs/explanation/compatibility.md. */
export interface StableInterface {
  readonly version: string;
  /** One fact a line: a call, a member, a flag, a name. Sorted. */
  readonly lines: readonly string[];
  /** The declarations of the library, without comments. */
  readonly declarations: string;
}

/** The entry in the list of breaking changes for a function or class of the library that is not what it was. */
export const typesLine = 'the types of the library';

/** The breaking changes that are intended for the next version, one line each. A release empties the file. */
export const breakingChangesFile = 'test/release/breaking-changes.txt';

// text, so that the commit of a release shows what changed
const linesFile = 'test/release/stable-interface.txt';
const declarationsFile = 'test/release/stable-types.txt';

const schemaFiles = ['scenario', 'exam', 'exam-result'] as const;

/** The stable interface of the sources. `dist/` must be built. */
export async function interfaceNow(): Promise<StableInterface> {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const schemas = schemaFiles.flatMap((file) => {
    const schema = JSON.parse(readFileSync(`schema/${file}.schema.json`, 'utf8')) as Schema;
    return schemaLines(schema, `${file} file`, file === 'exam-result' ? 'answered' : 'given');
  });
  const lines = [...(await apiLines()), ...schemas, ...(await commandLines()), ...nameLines(), ...typeLines()];
  const declarations = readFileSync('dist/library.d.ts', 'utf8').replaceAll(/^\s*\/\*\*.*?\*\/\n/gms, '');
  return { version, lines: [...new Set(lines)].toSorted(), declarations };
}

/** The stable interface of the last release. */
export function lastInterface(): StableInterface {
  const [first = '', ...lines] = readFileSync(linesFile, 'utf8').trimEnd().split('\n');
  return { version: first.replace('version ', ''), lines, declarations: readFileSync(declarationsFile, 'utf8') };
}

/** Records the stable interface of a release, for the tests of later versions. No intended breaking change is left. */
export function recordInterface({ version, lines, declarations }: StableInterface): void {
  writeFileSync(linesFile, `${[`version ${version}`, ...lines].join('\n')}\n`);
  writeFileSync(declarationsFile, declarations);
  writeFileSync(breakingChangesFile, '');
}

/** Whether a version may have breaking changes: a new major version, and before 1.0.0 a new minor one. */
export function mayBreak(earlier: string, now: string): boolean {
  const [major = 0, minor = 0] = earlier.split('.').map(Number);
  const [newMajor = 0, newMinor = 0] = now.split('.').map(Number);
  return newMajor > major || (major === 0 && newMinor > minor);
}

/** Lines of an earlier version that are no longer true. */
export function removedLines(earlier: readonly string[], now: readonly string[]): string[] {
  const present = new Set(now);
  const needs = needsOf(now);
  return earlier.filter((line) => {
    if (present.has(line)) return false;
    const [at, names] = splitNeeds(line);
    // what is required of a user may become less
    return names === undefined || !needs.get(at)?.some((each) => each.every((name) => names.includes(name)));
  });
}

/** What users of the last release can no longer rely on: lines, and `typesLine` for the types of the library. */
export function breakingChanges(last: StableInterface, now: StableInterface): string[] {
  const types = typeMistakes(last.declarations, now.declarations).length > 0 ? [typesLine] : [];
  return [...removedLines(last.lines, now.lines), ...types];
}

function needsOf(lines: readonly string[]): Map<string, string[][]> {
  const found = new Map<string, string[][]>();
  for (const line of lines) {
    const [at, names] = splitNeeds(line);
    if (names !== undefined) found.set(at, [...(found.get(at) ?? []), names]);
  }
  return found;
}

function splitNeeds(line: string): [string, string[] | undefined] {
  const [, at, names] = /^(.*) needs(.*)$/.exec(line) ?? [];
  return at === undefined ? [line, undefined] : [at, (names ?? '').trim().split(' ').filter(Boolean)];
}
