import { tokenPathsAndHeadersCases } from './token-paths-and-headers.js';
import { tokenGrantTypeCases } from './token-grant-type.js';
import { tokenBodiesCases } from './token-bodies.js';
import { tokenClientCases } from './token-client.js';
import { tokenClientCredentialsCases } from './token-client-credentials.js';
import { tokenCodeCases } from './token-code.js';
import { pkceCases } from './pkce.js';
import { refreshFirstUseCases } from './refresh-first-use.js';
import { refreshCases } from './refresh.js';
import { passwordCases } from './password.js';
import { revokeCases } from './revoke.js';
import { introspectCases } from './introspect.js';
import { tokenInfoCases } from './token-info.js';
import { methodsCases } from './methods.js';
import { authorizeCases } from './authorize.js';
import { authorizeRedirectUriCases } from './authorize-redirect-uri.js';
import { authorizeParametersCases } from './authorize-parameters.js';
import { authorizeAnswersCases } from './authorize-answers.js';
import { authorizeConsentSkippedCases } from './authorize-consent-skipped.js';
import { apiCases } from './api.js';
import type { Case } from '../case.js';

/** All cases in the order in which they were recorded: a later one can depend on the state that an earlier one left. */
export const cases: readonly Case[] = [
  ...tokenPathsAndHeadersCases,
  ...tokenGrantTypeCases,
  ...tokenBodiesCases,
  ...tokenClientCases,
  ...tokenClientCredentialsCases,
  ...tokenCodeCases,
  ...pkceCases,
  ...refreshFirstUseCases,
  ...refreshCases,
  ...passwordCases,
  ...revokeCases,
  ...introspectCases,
  ...tokenInfoCases,
  ...methodsCases,
  ...authorizeCases,
  ...authorizeRedirectUriCases,
  ...authorizeParametersCases,
  ...authorizeAnswersCases,
  ...authorizeConsentSkippedCases,
  ...apiCases,
];
