import { described } from '../../input/described.js';
import { words } from '../../input/words.js';
import { list } from './list.js';

/** Policy fields about PKCE (RFC 7636). */
export const pkceFields = {
  pkce: described(
    'whether PKCE (RFC 7636) is ignored, allowed, required of clients without a secret or a key, or required',
    words('ignored', 'optional', 'required-for-public-clients', 'required'),
  ),
  pkceMethods: described('the accepted challenge methods', list(words('S256', 'plain'))),
  pkceMethodOmitted: described(
    'a code_challenge without code_challenge_method: plain (RFC 7636 §4.3), or refused',
    words('plain', 'refused'),
  ),
  pkceSyntax: described(
    'whether length and characters of code_challenge and code_verifier are checked (RFC 7636 §4.1, §4.2)',
    words('checked', 'unchecked'),
  ),
} as const;
