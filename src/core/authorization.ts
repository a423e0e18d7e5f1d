import type { OAuthError, RedirectTarget } from './errors.js';
import type { AuthorizationCode, Client, CodeChallenge, Instant } from './model.js';
import type { ParameterValues } from './parameter-rules.js';

/** An authorization request (RFC 6749 §4.1.1, RFC 7636 §4.3), parsed. */
export interface AuthorizationRequest {
  readonly clientId: string | undefined;
  /** Sent in the URL by MailUp's own samples. */
  readonly clientSecret: string | undefined;
  readonly redirectUri: string | undefined;
  readonly responseType: string | undefined;
  readonly responseMode: string | undefined;
  readonly scope: string | undefined;
  readonly state: string | undefined;
  readonly codeChallenge: string | undefined;
  readonly codeChallengeMethod: string | undefined;
  /** Those parameters beyond RFC 6749 that are read (`ownParameterNames`). */
  readonly parameters?: ParameterValues | undefined;
  /** See `Grant.startedBy`. */
  readonly startedBy?: string | undefined;
}
/** A valid authorization request, before the user decides. */
export interface Authorization extends RedirectTarget {
  readonly client: Client;
  readonly redirectUriSent: boolean;
  readonly scopes: readonly string[];
  /** The parameter scope as it was sent. */
  readonly scopeSent?: string | undefined;
  readonly challenge: CodeChallenge | undefined;
  /** See `Grant.parameters`. */
  readonly parameters?: ParameterValues | undefined;
  /** See `Grant.startedBy`. */
  readonly startedBy?: string | undefined;
}
/** Why a page restarted its request: no authorization has its id any more, or the answer was sent before. */
export type RestartCause = 'gone' | 'answered';
/** An authorization whose login or consent page is open. */
export interface Pending extends Authorization {
  readonly id: string;
  /** The browser that sent the request: `browserId` of its session. Only this browser may answer. */
  readonly browserId: string;
  /** Path and query of the authorization request, relative to the provider: it can be made again with them. */
  readonly request: string;
  /** The URL of the provider for this browser: the issuer of the answer (RFC 9207). */
  readonly providerUrl: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  /** Absent: the request was not restarted, or the person was told why. */
  restartedBecause?: RestartCause;
  answer?: Answer;
  /** The answer was sent to the browser. It is not sent a second time, because its code may be spent. */
  isSent?: boolean;
}

/** The result of an authorization request, sent to the client by redirect. */
export type Answer = Approval | Denial;

/** The user allowed the request: a code for the redirect back. */
export interface Approval extends RedirectTarget {
  readonly code: AuthorizationCode;
}

/** The request was denied: an error for the redirect back. */
export interface Denial extends RedirectTarget {
  readonly error: OAuthError;
}
