import type { AccessToken, Grant } from './model.js';

/** What access tokens have in common of which one is the newest. */
export interface NewestKey {
  readonly grant: Pick<Grant, 'clientId' | 'userId'>;
  readonly scopes: readonly string[];
  readonly isSecond?: true | undefined;
}

/**
 * What an access token is the newest of: scopes that a client was granted. Those of a second access token are others,
 * so its grant says which these were.
 */
export const newestKeyOf = ({
  grant,
  scopes,
  isSecond,
}: Pick<AccessToken, 'grant' | 'scopes'> & Pick<NewestKey, 'isSecond'>): NewestKey => ({
  grant,
  scopes: isSecond === true ? grant.scopes : scopes,
  isSecond,
});
