import { UsageError } from './option.js';

/**
 * Checks the token of the admin API. The message does not quote it.
 *
 * @throws UsageError if it cannot be sent as a bearer token
 */
export function checkAdminToken(token = 'none'): void {
  if (/^[\x21-\x7e]+$/.test(token)) return;
  throw new UsageError(
    'the admin token must consist of visible ASCII characters without spaces, because it is sent as a bearer token',
  );
}
