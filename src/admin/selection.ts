import type { Grant } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { Steps } from '../world/slices.js';

/** Makes a test: whether a token or a code belongs to the client, the user and the family of a selection. */
export function isSelected(
  realm: Realm,
  { clientId, userId, grantId }: { readonly clientId?: string; readonly userId?: string; readonly grantId?: string },
): (item: { readonly grant: Grant }) => boolean {
  // a username is replaced by the id of its user. An unknown name is compared unchanged: it may be a deleted user's id
  const user = userId === undefined ? undefined : (realm.user(userId)?.id ?? userId);
  return ({ grant }) =>
    (clientId ?? grant.clientId) === grant.clientId &&
    (user ?? grant.userId) === grant.userId &&
    (grantId ?? grant.id) === grant.id;
}

/** Selects items one by one: a realm can have millions. */
export function* selectInSteps<T>(items: Iterable<T>, isWanted: (item: T) => boolean): Steps<T[]> {
  const selected: T[] = [];
  for (const item of items) {
    if (isWanted(item)) selected.push(item);
    yield;
  }
  return selected;
}
