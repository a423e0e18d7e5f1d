import type { PageInfo, ProviderInfo, UserInfo } from '../../../client/index.js';

/** A page that waits for a person, with the users who could answer it. */
export interface WaitingPage extends PageInfo {
  readonly provider: Pick<ProviderInfo, 'name' | 'title'>;
  readonly users: readonly UserInfo[];
}

/** How a person is named in a button. */
export const userName = ({ name, username, id }: Pick<UserInfo, 'name' | 'username' | 'id'>): string =>
  name || username || id;

/** What is sent to allow a page. All scopes are the default of the call, so they are left out. */
export function approvalOf(
  { scopes }: Pick<PageInfo, 'scopes'>,
  user: string,
  refused: ReadonlySet<string>,
): { user: string; scopes?: string[] } {
  const allowed = scopes.filter((scope) => !refused.has(scope));
  return allowed.length === scopes.length ? { user } : { user, scopes: allowed };
}
