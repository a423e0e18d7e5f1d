import { reasons } from './reasons/index.js';
import type { Facts, Reason } from './reasons/index.js';

/** Facts of a refusal whose reason is not known at compile time. */
export type AnyFacts = Readonly<Record<string, unknown>>;

/** The journal's sentence for a refusal. */
export function explain(error: OAuthError): string {
  return (reasons[error.reason].explain as (facts: AnyFacts) => string)(error.facts);
}

/** Where a refusal may be sent back to, once the client and its redirect_uri are trusted (RFC 6749 §4.1.2.1). */
export interface RedirectTarget {
  readonly redirectUri: string;
  readonly state: string | undefined;
}

/** A refusal as a value: the reason and the facts. Status and error code are looked up in the table of reasons. */
export class OAuthError extends Error {
  readonly reason: Reason;
  readonly facts: AnyFacts;
  /** Where the refusal may be sent. Only the authorization endpoint sets it. */
  readonly redirect: RedirectTarget | undefined;

  private constructor(reason: Reason, facts: AnyFacts, redirect: RedirectTarget | undefined) {
    super(reason);
    this.reason = reason;
    this.facts = facts;
    this.redirect = redirect;
  }

  /** Makes a refusal; the reason decides which facts it needs. */
  static of<R extends Reason>(reason: R, facts: Facts<R>): OAuthError {
    return new OAuthError(reason, facts as AnyFacts, undefined);
  }

  /** The same refusal, to be sent by redirect. */
  redirectedTo(target: RedirectTarget): OAuthError {
    return new OAuthError(this.reason, this.facts, target);
  }
}

/** Shorthand for `throw`: `throw refuse('code.expired', { at, now })`. */
export const refuse = <R extends Reason>(reason: R, facts: Facts<R>): OAuthError => OAuthError.of(reason, facts);
