import { UsageError } from '../config/option.js';
import { didYouMean } from '../input/did-you-mean.js';
import { checks } from './checks/index.js';
import { groups } from './check.js';
import type { Check } from './check.js';

/** Why a selection is refused that selects nothing. */
export const noCheckIsLeft = 'no check is left: only, group and skip exclude all of them';

/** Which checks are made. An empty list selects all of them. */
export interface Selection {
  /** Ids of the checks to make. Default: all. */
  readonly only?: readonly string[] | undefined;
  /** Ids of checks to leave out. */
  readonly skip?: readonly string[] | undefined;
  /** Groups of checks to make. Default: all. */
  readonly group?: readonly string[] | undefined;
}

/**
 * The selected checks, in the order in which they run.
 *
 * @throws UsageError if an id or a group does not exist, or if no check is left
 */
export function selectChecks({ only = [], skip = [], group = [] }: Selection): readonly Check[] {
  const ids = checks.map(({ id }) => id);
  for (const id of [...only, ...skip]) refuseUnknown('check', id, ids);
  for (const name of group) refuseUnknown('group', name, groups);
  const selected = checks.filter(
    (check) =>
      (only.length === 0 || only.includes(check.id)) &&
      (group.length === 0 || group.includes(check.group)) &&
      !skip.includes(check.id),
  );
  if (selected.length === 0) throw new UsageError(noCheckIsLeft);
  return selected;
}

function refuseUnknown(what: string, name: string, all: readonly string[]): void {
  if (all.includes(name)) return;
  const hint = didYouMean(name, all);
  throw new UsageError(
    `there is no ${what} ${JSON.stringify(name)}${hint === '' ? '; understudy exam --list shows all of them' : hint}`,
  );
}
