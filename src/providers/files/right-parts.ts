import type { Mistake } from '../../input/mistake.js';

/** What remains of a document without the parts that are wrong. */
export interface RightParts {
  readonly value: unknown;
  /** The path in the whole document of a path in `value`: items of a list move up where an earlier one is left out. */
  readonly pathInWhole: (path: string) => string;
}

/** Left out: it is wrong, or a member that it needs is missing. */
const leftOut = Symbol('left out');

/** What takes the place of a wrong or missing member, so that what is beside it remains: the condition of a case. */
const standIns: ReadonlyMap<string, unknown> = new Map([['when', 'false']]);

/**
 * Leaves out the parts of a document that mistakes are about. If a mistake is about a member that is not there, the
 * object around it is left out.
 *
 * @param wrong paths of the mistakes
 * @returns undefined if nothing remains
 */
function withoutWrong(whole: unknown, wrong: readonly string[]): RightParts | undefined {
  // for each list with items left out: where the others were. A list comes before those inside it
  const places = new Map<string, number[]>();
  const value = kept(whole, '', wrong, places);
  if (value === leftOut) return undefined;
  return { value, pathInWhole: (path) => [...places].reduce((moved, place) => movedBack(moved, place), path) };
}

function kept(value: unknown, path: string, wrong: readonly string[], places: Map<string, number[]>): unknown {
  if (wrong.length === 0) return value;
  if (typeof value !== 'object' || value === null) return leftOut;
  const indexes: number[] = [];
  if (Array.isArray(value)) places.set(path, indexes);
  const found = new Set<string>();
  const remaining: [string, unknown][] = [];
  for (const [name, member] of Object.entries(value)) {
    const at = path === '' ? name : `${path}.${name}`;
    const inside = wrong.filter((each) => each.startsWith(`${at}.`));
    const isWrong = wrong.includes(at);
    for (const each of inside) found.add(each);
    if (isWrong) found.add(at);
    const part = isWrong ? (standIns.get(name) ?? leftOut) : kept(member, at, inside, places);
    if (part === leftOut) continue;
    remaining.push([name, part]);
    indexes.push(Number(name));
  }
  for (const [name, standIn] of standIns) {
    const at = `${path}.${name}`;
    if (!wrong.includes(at) || found.has(at)) continue;
    found.add(at);
    remaining.push([name, standIn]);
  }
  if (wrong.some((each) => !found.has(each))) return leftOut;
  return Array.isArray(value) ? remaining.map(([, item]) => item) : Object.fromEntries(remaining);
}

/** A path through a list, with the index that its item had in the whole document. */
function movedBack(path: string, [list, indexes]: readonly [string, readonly number[]]): string {
  if (!path.startsWith(`${list}.`)) return path;
  const [index = '', ...rest] = path.slice(list.length + 1).split('.');
  return [list, String(indexes[Number(index)]), ...rest].join('.');
}

/** Most rounds in which parts are left out: each can make a mistake of the part around it. */
const roundLimit = 8;

/**
 * The parts of a document that match the schema by themselves.
 *
 * @param mistakes those of the whole document
 * @param check finds the mistakes of a part
 * @returns undefined if nothing remains, or if it has too many mistakes to say what is right
 */
export function rightParts(
  whole: unknown,
  mistakes: readonly Mistake[],
  check: (value: unknown) => readonly Mistake[],
): RightParts | undefined {
  const wrong = new Set(mistakes.map(({ path }) => path));
  for (let round = 0; round < roundLimit; round += 1) {
    const parts = withoutWrong(whole, [...wrong]);
    if (parts === undefined) return undefined;
    const found = check(parts.value);
    if (found.length === 0) return parts;
    for (const { path } of found) wrong.add(parts.pathInWhole(path));
  }
  return undefined;
}
