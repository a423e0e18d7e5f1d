import { codeUsedOnce } from './code-used-once.js';
import { codeUsedSoon } from './code-used-soon.js';
import { formContentType } from './form-content-type.js';
import { grantTypeKnown } from './grant-type-known.js';
import { noSecretInTokenUrl } from './no-secret-in-token-url.js';
import { oneAuthentication } from './one-authentication.js';
import { redirectUriRepeated } from './redirect-uri-repeated.js';
import { secretEncoded } from './secret-encoded.js';
import { tokenRequestByPost } from './token-request-by-post.js';
import { verifierSent } from './verifier-sent.js';
import type { Check } from '../../check.js';

/** The checks of the group `token-request`, in the order in which they run. */
export const tokenRequestChecks: readonly Check[] = [
  oneAuthentication,
  secretEncoded,
  formContentType,
  tokenRequestByPost,
  noSecretInTokenUrl,
  grantTypeKnown,
  redirectUriRepeated,
  verifierSent,
  codeUsedOnce,
  codeUsedSoon,
];
