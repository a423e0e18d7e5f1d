import { noPassword } from './no-password.js';
import { noSecretInAuthorizationUrl } from './no-secret-in-authorization-url.js';
import { noUndefinedValues } from './no-undefined-values.js';
import { parametersOnce } from './parameters-once.js';
import { pkceFresh } from './pkce-fresh.js';
import { pkceS256 } from './pkce-s256.js';
import { pkceSent } from './pkce-sent.js';
import { redirectUriAsRegistered } from './redirect-uri-as-registered.js';
import { redirectUriSent } from './redirect-uri-sent.js';
import { stateBoundToBrowser } from './state-bound-to-browser.js';
import { stateFresh } from './state-fresh.js';
import { stateSent } from './state-sent.js';
import { stateUnguessable } from './state-unguessable.js';
import { verifierNotState } from './verifier-not-state.js';
import { verifierWellFormed } from './verifier-well-formed.js';
import type { Check } from '../../check.js';

/** The checks of the group `request`, in the order in which they run. */
export const requestChecks: readonly Check[] = [
  stateSent,
  stateUnguessable,
  stateFresh,
  stateBoundToBrowser,
  pkceSent,
  pkceS256,
  pkceFresh,
  verifierWellFormed,
  verifierNotState,
  redirectUriSent,
  redirectUriAsRegistered,
  noSecretInAuthorizationUrl,
  noUndefinedValues,
  parametersOnce,
  noPassword,
];
