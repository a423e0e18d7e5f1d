import type { Family, TokenLine } from '../../../client/index.js';

/** The tokens of one answer of the token endpoint, or of one call that minted them. */
export interface Step {
  /** Unique in its family. */
  readonly key: string;
  /** The entry of the answer. Null if the journal does not have it. */
  readonly entry: number | null;
  /** Virtual time. */
  readonly at: string;
  /** The access token first. */
  readonly tokens: readonly TokenLine[];
  /** The refresh token that bought it. Null: the grant did. */
  readonly boughtWith: string | null;
  /** 0, and one more for each branch: a branch begins where a refresh token is used a second time. */
  readonly level: number;
  /** Whether the same refresh token bought another refresh token before. */
  readonly isAgain: boolean;
}

interface Group {
  readonly key: string;
  readonly tokens: TokenLine[];
  boughtWith: string | null;
  isAgain: boolean;
  readonly next: Group[];
  /** Number of steps from here on. */
  size: number;
}

/**
 * The tokens of a family as a list of steps. Each is below the one that it comes from. A chain of refreshes stays on
 * one level, however long it is. Where a refresh token was used twice, the shorter branch comes first, one level
 * deeper.
 */
export function stepsOf({ tokens }: Pick<Family, 'tokens'>): Step[] {
  const groups = groupsOf(tokens);
  const roots = connect(groups, tokens);
  // parents come before what they bought, so the reverse order counts from the ends
  const all = inOrder(roots);
  for (const group of all.toReversed()) group.size = group.next.reduce((sum, { size }) => sum + size, 1);
  return laidOut(roots);
}

function groupsOf(tokens: readonly TokenLine[]): Group[] {
  const groups = new Map<string, Group>();
  for (const token of tokens) {
    const key = token.boughtBy === null ? token.issuedAt : String(token.boughtBy);
    const group = groups.get(key) ?? { key, tokens: [], boughtWith: null, isAgain: false, next: [], size: 1 };
    group.tokens.push(token);
    groups.set(key, group);
  }
  return [...groups.values()];
}

const hasRefreshToken = ({ tokens }: Group): boolean => tokens.some(({ kind }) => kind === 'refresh');

/** Sets what each group was bought with, and what follows it. Returns those that the grant bought. */
function connect(groups: readonly Group[], tokens: readonly TokenLine[]): Group[] {
  const home = new Map(groups.flatMap((group) => group.tokens.map(({ token }) => [token, group] as const)));
  const replaced = new Map(tokens.map(({ token, replacedBy }) => [replacedBy, token]));
  const roots: Group[] = [];
  /** For each refresh token that is kept at a refresh, the latest access token that it bought. */
  const latest = new Map<string, Group>();
  for (const group of groups) {
    // the answer of a refresh may be unknown: it was lost on its way, or the journal dropped it
    const source = group.tokens
      .map(({ boughtWith, token, kind }) => boughtWith ?? (kind === 'refresh' ? replaced.get(token) : undefined))
      .find((found) => found !== undefined);
    const parent = source === undefined ? undefined : home.get(source);
    if (source === undefined || parent === undefined || parent === group) {
      roots.push(group);
      continue;
    }
    group.boughtWith = source;
    if (hasRefreshToken(group)) {
      group.isAgain = parent.next.some((other) => other.boughtWith === source);
      parent.next.push(group);
    } else {
      (latest.get(source) ?? parent).next.push(group);
      latest.set(source, group);
    }
  }
  return roots;
}

/** All groups, each after its parent. */
function inOrder(roots: readonly Group[]): Group[] {
  const all = [...roots];
  // the list grows while it is read
  for (const group of all) all.push(...group.next);
  return all;
}

/** Not recursive: a chain can have many thousand refreshes. */
function laidOut(roots: readonly Group[]): Step[] {
  const steps: Step[] = [];
  const waiting = roots.toReversed().map((group) => ({ group, level: 0 }));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { group, level } = next;
    steps.push(stepOf(group, level));
    const [longest, ...branches] = group.next.toReversed().sort((a, b) => b.size - a.size);
    if (longest !== undefined) waiting.push({ group: longest, level });
    for (const branch of branches) waiting.push({ group: branch, level: level + 1 });
  }
  return steps;
}

function stepOf({ key, tokens, boughtWith, isAgain }: Group, level: number): Step {
  const [{ boughtBy, issuedAt }] = tokens as [TokenLine];
  const ordered = tokens.toSorted((a, b) => a.kind.localeCompare(b.kind));
  return { key, entry: boughtBy, at: issuedAt, tokens: ordered, boughtWith, level, isAgain };
}
