import { userFromDocument } from '../../providers/user-document.js';
import type { UserDocument } from '../../providers/user-document.js';

type Names = Readonly<Record<'id' | 'username', string>>;

/**
 * The users of several lists. A user of a later list takes the place of one of an earlier list with the same id or
 * username, and of one whose id is its username: who logs in by that name is the later one. Users of one list stay.
 */
export function mergeUsers(...lists: readonly (readonly UserDocument[])[]): UserDocument[] {
  return lists.reduce<UserDocument[]>((earlier, later) => withLater(earlier, later), []);
}

function withLater(earlier: readonly UserDocument[], later: readonly UserDocument[]): UserDocument[] {
  const kept: (UserDocument | undefined)[] = [...earlier];
  const ids = new Map(earlier.map((user, at) => [namesOf(user).id, at]));
  const usernames = new Map(earlier.map((user, at) => [namesOf(user).username, at]));
  /** Places that users of the later list have. */
  const taken = new Set<number>();
  for (const user of later) {
    const { id, username } = namesOf(user);
    const free = [ids.get(id), usernames.get(username), ids.get(username)].filter(
      (at) => at !== undefined && !taken.has(at),
    ) as number[];
    for (const at of free) kept[at] = undefined;
    const place = free.length === 0 ? kept.length : Math.min(...free);
    kept[place] = user;
    taken.add(place);
  }
  return kept.filter((user) => user !== undefined);
}

/** The names by which a user can log in. */
const namesOf = (user: UserDocument): Names => userFromDocument(user);
