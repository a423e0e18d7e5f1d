/** The id of the client that the playground registers. Start does not list it. */
export const playgroundClientId = 'understudy-playground';

/** The redirect URI with a state in its query. */
export const withState = (redirectUri: string, state: string): string =>
  `${redirectUri}${redirectUri.includes('?') ? '&' : '?'}state=${encodeURIComponent(state)}`;
