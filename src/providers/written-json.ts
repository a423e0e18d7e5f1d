import type { User } from '../core/model.js';
import type { Realm } from '../core/realm.js';
import type { Resource, ResourceRequest } from './provider.js';

/** The answer of a call that says the same to everybody: its JSON is written once. */
export function constantAnswer(body: unknown): Resource['answer'] {
  const answer = { body: JSON.stringify(body) };
  return () => answer;
}

interface Written {
  readonly realm: Realm;
  readonly answer: { readonly body: string };
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
  // each realm has users of its own, so that one map is enough; the realm is compared all the same
  const written = new WeakMap<User, Written>();
  return (request) => {
    const { realm } = request;
    const user = userOf(request);
    if (user === undefined) return { body: write(user, realm) };
    const known = written.get(user);
    if (known?.realm === realm) return known.answer;
    const answer = { body: JSON.stringify(write(user, realm)) };
    written.set(user, { realm, answer });
    return answer;
  };
}
