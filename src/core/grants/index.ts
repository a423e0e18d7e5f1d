import { authorizationCode } from './authorization-code.js';
import { clientCredentials } from './client-credentials.js';
import { password } from './password.js';
import { refreshToken } from './refresh-token.js';
import type { GrantType } from '../model.js';
import type { GrantRule } from './grant.js';

/** The rule of each grant type. */
export const grants: Readonly<Record<GrantType, GrantRule>> = {
  authorization_code: authorizationCode,
  refresh_token: refreshToken,
  password,
  client_credentials: clientCredentials,
};
