import { requestReasons } from './reasons/request.js';
import { assertionReasons } from './reasons/assertion.js';
import { clientReasons } from './reasons/client.js';
import { grantReasons } from './reasons/grant.js';
import { codeReasons } from './reasons/code.js';
import { pkceReasons } from './reasons/pkce.js';
import { refreshReasons } from './reasons/refresh.js';
import { passwordReasons } from './reasons/password.js';
import { scopeReasons } from './reasons/scope.js';
import { authorizeReasons } from './reasons/authorize.js';
import { pageReasons } from './reasons/page.js';
import { bearerReasons } from './reasons/bearer.js';
import { resourceReasons } from './reasons/resource.js';
import { revokeReasons, introspectReasons } from './reasons/revoke.js';
import { serverReasons } from './reasons/server.js';
import type { ResponseMode } from './policy.js';

/**
 * Every reason to refuse a request, with the status and error code of the RFCs (RFC 6749 §4.1.2.1 and §5.2,
 * RFC 6750 §3.1, RFC 7636 §4). A provider overrides rows, and a policy overrides both.
 */
export const reasons = {
  ...requestReasons,
  ...clientReasons,
  ...assertionReasons,
  ...grantReasons,
  ...codeReasons,
  ...pkceReasons,
  ...refreshReasons,
  ...passwordReasons,
  ...scopeReasons,
  ...authorizeReasons,
  ...pageReasons,
  ...bearerReasons,
  ...resourceReasons,
  ...revokeReasons,
  ...introspectReasons,
  ...serverReasons,
} as const;

/** The name of a reason: `code.expired`. */
export type Reason = keyof typeof reasons;
/** The facts that a reason needs for its explanation. */
export type Facts<R extends Reason> = Parameters<(typeof reasons)[R]['explain']>[0];
/** Facts of a refusal whose reason is not known to the compiler. */
export type AnyFacts = Readonly<Record<string, unknown>>;

/** Whether a text is the name of a reason. */
export function isReason(word: string): word is Reason {
  return Object.hasOwn(reasons, word);
}

/** The journal's sentence for a refusal. */
export function explain(error: OAuthError): string {
  return (reasons[error.reason].explain as (facts: AnyFacts) => string)(error.facts);
}

/** Where a refusal may be sent back to, once the client and its redirect_uri are trusted (RFC 6749 §4.1.2.1). */
export interface RedirectTarget {
  readonly redirectUri: string;
  readonly state: string | undefined;
  readonly responseMode: ResponseMode;
}

/** A refusal: its reason and facts. Status, error code and description are looked up when it is sent. */
export class OAuthError extends Error {
  readonly reason: Reason;
  readonly facts: AnyFacts;
  /** Set only by the authorization endpoint. */
  readonly redirect: RedirectTarget | undefined;

  private constructor(reason: Reason, facts: AnyFacts, redirect: RedirectTarget | undefined) {
    super(reason);
    this.reason = reason;
    this.facts = facts;
    this.redirect = redirect;
  }

  static of<R extends Reason>(reason: R, facts: Facts<R>): OAuthError {
    return new OAuthError(reason, facts as AnyFacts, undefined);
  }

  redirectedTo(target: RedirectTarget): OAuthError {
    return new OAuthError(this.reason, this.facts, target);
  }
}

/** Shorthand for `throw`: `throw refuse('code.expired', { at, now })`. */
export const refuse = <R extends Reason>(reason: R, facts: Facts<R>): OAuthError => OAuthError.of(reason, facts);
