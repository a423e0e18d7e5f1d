import type { User } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { Resource, ResourceRequest } from './provider.js';

/** The answer of a call that says the same to everybody: its JSON is written once. */
export function constantAnswer(body: unknown): Resource['answer'] {
  const answer = { body: JSON.stringify(body) };
  return () => answer;
}

/**
 * The answer of a call that depends on nothing but a user: its JSON is written once for each of them in each realm. A
 * changed user is a new object.
 *
 * @param userOf the user that the answer is about; undefined if there is none
 */
export function answerAbout(
  userOf: (request: ResourceRequest) => User | undefined,
  write: (user: User | undefined, realm: Realm) => unknown,
): Resource['answer'] {
  const written = new WeakMap<Realm, WeakMap<User, { readonly body: string }>>();
  return (request) => {
    const { realm } = request;
    const user = userOf(request);
    if (user === undefined) return { body: write(user, realm) };
    const known = written.get(realm)?.get(user);
    if (known !== undefined) return known;
    const answer = { body: JSON.stringify(write(user, realm)) };
    const ofRealm = written.get(realm) ?? new WeakMap<User, { readonly body: string }>();
    written.set(realm, ofRealm.set(user, answer));
    return answer;
  };
}
