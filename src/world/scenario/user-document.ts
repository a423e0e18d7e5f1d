import type { User } from '../../core/model.js';
import type { UserDocument } from './schema/scenario.js';

/** Makes a user from a document. The username defaults to the id, and the id to the username. */
export function userFromDocument(document: UserDocument): User {
  const username = document.username ?? document.id ?? '';
  return {
    id: document.id ?? username,
    username,
    password: document.password ?? 'understudy',
    name: document.name ?? username,
    suspended: document.suspended ?? false,
    profile: document.profile ?? {},
  };
}
