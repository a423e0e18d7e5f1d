import type { CheckFacts } from '../check.js';

/** Says why a check does not apply at a provider. */
type NotFor = NonNullable<CheckFacts['notFor']>;

/** For checks of refreshes. */
export const withoutRefresh: NotFor = ({ refreshes }) =>
  refreshes ? undefined : 'this provider gives no refresh tokens';

/** For checks of the state. */
export const withoutState: NotFor = ({ statePlace }) =>
  statePlace === 'nowhere' ? 'this provider gives back no state' : undefined;

/** For checks of revocation. */
export const withoutRevocation: NotFor = ({ revokes }) =>
  revokes ? undefined : 'this provider has no revocation endpoint';

/** For checks of the scope of an answer. */
export const withoutScopes: NotFor = ({ info }) =>
  info.conventions.scope === undefined ? 'this provider has no scopes' : undefined;
