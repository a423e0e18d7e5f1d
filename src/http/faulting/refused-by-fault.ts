import type { OAuthError, RedirectTarget } from '../../core/errors.js';

/**
 * Thrown if a fault refuses a request instead of the core. The error handler of the provider sends it like an
 * OAuthError: answering/refused-request.ts finds status, error code and description.
 */
export class RefusedByFault extends Error {
  /** The reason whose row of the provider is used for this error. */
  readonly closest: OAuthError;
  /** Value of `error` on the wire. */
  readonly error: string;
  /** Overrides the provider's own description. Empty: no description. */
  readonly description: string | undefined;
  /** Target of the redirect. Undefined: the endpoint answers without a redirect. */
  readonly redirect: RedirectTarget | undefined;

  constructor(members: Pick<RefusedByFault, 'closest' | 'error' | 'description' | 'redirect'>) {
    super(members.error);
    this.closest = members.closest;
    this.error = members.error;
    this.description = members.description;
    this.redirect = members.redirect;
  }
}
