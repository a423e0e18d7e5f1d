import type { OAuthError, RedirectTarget } from './errors.js';
import type { AuthorizationCode, Client, CodeChallenge, Instant } from './model.js';

/** An authorization request (RFC 6749 §4.1.1, RFC 7636 §4.3), parsed. */
export interface AuthorizationRequest {
  readonly clientId: string | undefined;
  /** Sent in the URL by MailUp's own samples. */
  readonly clientSecret: string | undefined;
  readonly redirectUri: string | undefined;
  readonly responseType: string | undefined;
  readonly scope: string | undefined;
  readonly state: string | undefined;
  readonly codeChallenge: string | undefined;
  readonly codeChallengeMethod: string | undefined;
}
/** A valid authorization request, before the user decides. */
export interface Authorization extends RedirectTarget {
  readonly client: Client;
  readonly redirectUriSent: boolean;
  readonly scopes: readonly string[];
  readonly challenge: CodeChallenge | undefined;
}
/** An authorization whose consent page is open. */
export interface Pending extends Authorization {
  readonly id: string;
  /** The session of the browser that sent the request. Only this session may answer. */
  sessionId: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  answer?: Answer;
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
