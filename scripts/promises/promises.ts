import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync, gzipSync } from 'node:zlib';
import { apiLines } from './api-lines.js';
import { commandLines, nameLines } from './name-lines.js';
import { schemaLines } from './schema-lines.js';
import { typeLines, typeMistakes } from './type-lines.js';
import type { Schema } from './schema-lines.js';

/** What a version promises: see docs/explanation/compatibility.md. */
export interface Promised {
  readonly version: string;
  /** One fact a line: a call, a member, a flag, a name. */
  readonly lines: readonly string[];
  /** The declarations of the library. */
  readonly declarations: string;
}

/** Stands in the list of what is broken on purpose for a function or class of the library that is not what it was. */
export const typesLine = 'the types of the library';

/** The list of what the next version breaks on purpose, one line each. A release empties it. */
export const brokenFile = 'test/release/broken.txt';

const kept = 'test/release/promised.json.gz';
const declarationsFile = 'dist/library.d.ts';

const files = ['scenario', 'exam', 'exam-result'] as const;

/** What the sources promise now. `dist/` must be built. */
export async function promisedNow(): Promise<Promised> {
  const { version } = JSON.parse(readFileSync('package.json', 'utf8')) as { version: string };
  const schemas = files.flatMap((file) => {
    const schema = JSON.parse(readFileSync(`schema/${file}.schema.json`, 'utf8')) as Schema;
    return schemaLines(schema, `${file} file`, file === 'exam-result' ? 'answered' : 'given');
  });
  const lines = [...(await apiLines()), ...schemas, ...(await commandLines()), ...nameLines(), ...typeLines()];
  const declarations = readFileSync(declarationsFile, 'utf8').replaceAll(/^\s*\/\*\*.*?\*\/\n/gms, '');
  return { version, lines: [...new Set(lines)], declarations };
}

/** What the last release promised. */
export function promisedLast(): Promised {
  return JSON.parse(gunzipSync(readFileSync(kept)).toString()) as Promised;
}

/** Keeps what a release promises, for the tests of the versions after it. */
export function keep(promised: Promised): void {
  writeFileSync(kept, gzipSync(JSON.stringify(promised), { level: 9 }));
}

/** Whether a version may break what an earlier one promised: a new major version, and before 1.0.0 a new minor one. */
export function mayBreak(earlier: string, now: string): boolean {
  const [major = 0, minor = 0] = earlier.split('.').map(Number);
  const [newMajor = 0, newMinor = 0] = now.split('.').map(Number);
  return newMajor > major || (major === 0 && newMinor > minor);
}

/** Lines of an earlier version that do not hold any more. */
export function brokenLines(earlier: readonly string[], now: readonly string[]): string[] {
  const holds = new Set(now);
  const needs = needsOf(now);
  return earlier.filter((line) => {
    if (holds.has(line)) return false;
    const [at, names] = splitNeeds(line);
    // what is required of a user may become less
    return names === undefined || !needs.get(at)?.some((each) => each.every((name) => names.includes(name)));
  });
}

/** What the last release promised and does not hold now. */
export function broken(last: Promised, now: Promised): string[] {
  const types = typeMistakes(last.declarations, now.declarations).length > 0 ? [typesLine] : [];
  return [...brokenLines(last.lines, now.lines), ...types];
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
