import { refuse } from '../../core/errors.js';

/** An object or a list that nested names make. Objects have no prototype: any name is possible. */
type Members = Record<string, unknown>;

/** The depth at which Rack 2.2 gives up. */
const deepest = 100;

/**
 * Adds a parameter as Rack 2.2 does: `a[]` makes a list, `a[b]` an object, and the last of two equal names counts.
 *
 * @throws request.parameter-malformed if a name is text and a list or an object at once, or is nested too deep
 */
export function nestParameter(members: Members, name: string, value: string): void {
  add(members, name, value, deepest, name);
}

/** Makes an object without a prototype. */
export const newMembers = (): Members => Object.create(null) as Members;

/** Returns what the parent keeps: the members, or what stands for a name that is only brackets. */
function add(members: Members, name: string, value: string, depth: number, whole: string): unknown {
  if (depth <= 0) throw malformed(whole, `it is nested deeper than ${deepest} levels`);
  const [matched, key] = /^[[\]]*([^[\]]+)\]*/.exec(name) ?? [];
  if (matched === undefined || key === undefined) return name === '[]' ? [value] : undefined;
  const after = name.slice(matched.length);

  if (after === '') members[key] = value;
  else if (after === '[') members[name] = value;
  else if (after === '[]') listAt(members, key, whole).push(value);
  else if (after.startsWith('[]')) addToList(listAt(members, key, whole), childOf(after), value, depth, whole);
  else {
    members[key] ??= newMembers();
    const child = members[key];
    if (!isMembers(child)) throw malformed(whole, 'it is sent as an object, and as text or a list too');
    members[key] = add(child, after, value, depth - 1, whole);
  }
  return members;
}

/** `a[][b]` sets a member of the last object of the list, or of a new object if the last one has it already. */
function addToList(list: unknown[], child: string, value: string, depth: number, whole: string): void {
  const last = list.at(-1);
  if (isMembers(last) && !hasMember(last, child)) add(last, child, value, depth - 1, whole);
  else list.push(add(newMembers(), child, value, depth - 1, whole));
}

const childOf = (after: string): string => /^\[\]\[([^[\]]+)\]$/.exec(after)?.[1] ?? after.slice(2);

function listAt(members: Members, key: string, whole: string): unknown[] {
  members[key] ??= [];
  const list = members[key];
  if (!Array.isArray(list)) throw malformed(whole, 'it is sent as a list, and as text or an object too');
  return list;
}

function isMembers(value: unknown): value is Members {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function hasMember(members: Members, name: string): boolean {
  if (name.includes('[]')) return false;
  let found: unknown = members;
  for (const part of name.split(/[[\]]+/)) {
    if (part === '') continue;
    if (!isMembers(found) || !Object.hasOwn(found, part)) return false;
    found = found[part];
  }
  return true;
}

const malformed = (name: string, detail: string): Error =>
  refuse('request.parameter-malformed', { name: name.slice(0, 100), detail });
