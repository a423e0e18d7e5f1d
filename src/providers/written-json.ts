import type { User } from '../core/model.js';
import type { Resource, ResourceRequest } from './provider.js';

/** The answer of a call that says the same to everybody: its JSON is written once. */
export function constantAnswer(body: unknown): Resource['answer'] {
  const answer = { body: JSON.stringify(body) };
  return () => answer;
}

interface Written {
  readonly number: number | undefined;
  readonly answer: { readonly body: string };
}

/**
 * The answer of a call that depends on nothing but a user and the user's number in the realm: its JSON is written once
 * for each user, and again where the number differs. Worlds of one scenario share their users, and a changed user is a
 * new object.
 *
 * @param userOf the user that the answer is about; undefined if there is none
 */
export function answerAbout(
  userOf: (request: ResourceRequest) => User | undefined,
  write: (user: User | undefined, number: number | undefined) => unknown,
): Resource['answer'] {
  const written = new WeakMap<User, Written>();
  return (request) => {
    const user = userOf(request);
    if (user === undefined) return { body: write(undefined, undefined) };
    const number = request.realm.userNumber(user.id);
    const known = written.get(user);
    if (known !== undefined && known.number === number) return known.answer;
    const answer = { body: JSON.stringify(write(user, number)) };
    written.set(user, { number, answer });
    return answer;
  };
}
