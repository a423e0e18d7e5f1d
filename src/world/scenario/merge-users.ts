import { userFromDocument } from '../../providers/user-document.js';
import type { UserDocument } from '../../providers/user-document.js';

type Names = Readonly<Record<'id' | 'username', string>>;

/**
 * The users of several lists. A later user takes the place of an earlier one with the same id or username, and of one
 * whose id is its username: who logs in by that name is the later one.
 */
export function mergeUsers(...lists: readonly (readonly UserDocument[])[]): UserDocument[] {
  const kept: (UserDocument | undefined)[] = [];
  const ids = new Map<string, number>();
  const usernames = new Map<string, number>();
  for (const user of lists.flat()) {
    const { id, username } = namesOf(user);
    const replaced = [ids.get(id), usernames.get(username), ids.get(username)].filter((at) => at !== undefined);
    for (const at of replaced) {
      const before = namesOf(kept[at] ?? {});
      ids.delete(before.id);
      usernames.delete(before.username);
      kept[at] = undefined;
    }
    const place = Math.min(...replaced, kept.length);
    kept[place] = user;
    ids.set(id, place);
    usernames.set(username, place);
  }
  return kept.filter((user) => user !== undefined);
}

/** The names by which a user can log in. */
const namesOf = (user: UserDocument): Names => userFromDocument(user);
