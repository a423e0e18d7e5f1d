import type { OAuthError, RedirectTarget } from '../../core/errors.js';

/**
 * Thrown where a fault refuses a request in place of the core. The error handler of the provider sends it, as it
 * sends an OAuthError: answering/refused-request.ts finds the provider's words.
 */
export class RefusedByFault extends Error {
  /** The reason whose wire form the provider would use for this error. */
  readonly closest: OAuthError;
  /** Value of `error` on the wire. */
  readonly error: string;
  /** Overrides the provider's own description. Empty: no description. */
  readonly description: string | undefined;
  /** Where the browser goes with the error. Undefined: the endpoint itself answers. */
  readonly redirect: RedirectTarget | undefined;

  constructor(members: Pick<RefusedByFault, 'closest' | 'error' | 'description' | 'redirect'>) {
    super(members.error);
    this.closest = members.closest;
    this.error = members.error;
    this.description = members.description;
    this.redirect = members.redirect;
  }
}
