import type { Mistake } from '../../input/mistake.js';

/** What remains of a document without the parts that are wrong. */
export interface RightParts {
  readonly value: unknown;
  /** The path in the whole document of a path in `value`: items of a list move up where an earlier one is left out. */
  readonly pathInWhole: (path: string) => string;
  /** Paths in the whole document of what is left out, and of what is wrong in a member that has a stand-in. */
  readonly leftOut: readonly string[];
}

/** Left out: it is wrong, or a member that it needs is missing. */
const leftOut = Symbol('left out');

/** What takes the place of a wrong or missing member, so that what is beside it remains: the condition of a case. */
const standIns: ReadonlyMap<string, unknown> = new Map([['when', 'false']]);

/** What takes the place of a wrong member of these objects, whose members have names that other parts use. */
const namedStandIns: ReadonlyMap<string, unknown> = new Map<string, unknown>([
  ['scopes', ''],
  ['variables', { example: 'example' }],
]);

/** What takes the place of a member. Undefined: nothing does. */
const standInOf = (around: string, name: string): unknown => standIns.get(name) ?? namedStandIns.get(around);

/** Paths of mistakes. What is in `withoutStandIn` gets no stand-in: its name or its stand-in is wrong, too. */
interface Wrong {
  readonly paths: readonly string[];
  readonly withoutStandIn: ReadonlySet<string>;
}

/**
 * Leaves out the parts of a document that mistakes are about. If a mistake is about a member that is not there, the
 * object around it is left out.
 *
 * @returns undefined if nothing remains
 */
function withoutWrong(whole: unknown, { paths, withoutStandIn }: Wrong): RightParts | undefined {
  // for each list with items left out: where the others were. A list comes before those inside it
  const places = new Map<string, number[]>();
  const out: string[] = [];
  const value = kept(whole, '', paths);
  if (value === leftOut) return undefined;
  const pathInWhole = (path: string): string => [...places].reduce((moved, place) => movedBack(moved, place), path);
  return { value, pathInWhole, leftOut: out };

  function kept(part: unknown, path: string, wrong: readonly string[]): unknown {
    if (wrong.length === 0) return part;
    if (typeof part !== 'object' || part === null) return leftOut;
    const indexes: number[] = [];
    if (Array.isArray(part)) places.set(path, indexes);
    const found = new Set<string>();
    const remaining: (readonly [string, unknown])[] = [];
    for (const [name, member] of Object.entries(part)) {
      const at = path === '' ? name : `${path}.${name}`;
      const inside = wrong.filter((each) => each === at || each.startsWith(`${at}.`));
      for (const each of inside) found.add(each);
      const right = inside.includes(at) ? leftOut : kept(member, at, inside);
      const standIn = withoutStandIn.has(at) ? undefined : standInOf(path, name);
      if (right === leftOut && standIn === undefined) {
        out.push(at);
        continue;
      }
      remaining.push([name, right === leftOut ? standIn : right]);
      indexes.push(Number(name));
    }
    const missing = wrong.filter((each) => !found.has(each));
    const instead = standInsOfMissing(path, missing);
    if (instead.length < missing.length) return leftOut;
    remaining.push(...instead);
    return Array.isArray(part) ? remaining.map(([, item]) => item) : Object.fromEntries(remaining);
  }
}

/**
 * Members that take the place of missing ones: fewer than these if some have no stand-in.
 *
 * @param missing paths of mistakes about members that the object does not have
 */
const standInsOfMissing = (object: string, missing: readonly string[]): readonly (readonly [string, unknown])[] =>
  [...standIns].filter(([name]) => missing.includes(`${object}.${name}`));

/** A path through a list, with the index that its item had in the whole document. */
function movedBack(path: string, [list, indexes]: readonly [string, readonly number[]]): string {
  if (!path.startsWith(`${list}.`)) return path;
  const [index = '', ...rest] = path.slice(list.length + 1).split('.');
  return [list, String(indexes[Number(index)]), ...rest].join('.');
}

/**
 * Most rounds in which parts are left out. Each level of a path takes at most two: its stand-in is wrong, and then the
 * part around it. No path of the schema has ten levels.
 */
const roundLimit = 20;

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
  const withoutStandIn = new Set<string>();
  for (let round = 0; round < roundLimit; round += 1) {
    const parts = withoutWrong(whole, { paths: [...wrong], withoutStandIn });
    if (parts === undefined) return undefined;
    const found = check(parts.value);
    if (found.length === 0) return parts;
    for (const path of found.map((each) => parts.pathInWhole(each.path))) {
      if (!wrong.has(path)) wrong.add(path);
      // its stand-in is wrong, too
      else if (!withoutStandIn.has(path)) withoutStandIn.add(path);
      // the part around it cannot be without it
      else wrong.add(path.slice(0, Math.max(0, path.lastIndexOf('.'))));
    }
  }
  return undefined;
}
