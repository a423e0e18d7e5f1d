import type { OAuthError, RedirectTarget } from './errors.js';
import type { AuthorizationCode, Client, CodeChallenge, Instant } from './model.js';

/** An authorization request (RFC 6749 §4.1.1, RFC 7636 §4.3), parsed. */
export interface AuthorizationRequest {
  readonly clientId: string | undefined;
  /** MailUp's own samples send it in the URL. */
  readonly clientSecret: string | undefined;
  readonly redirectUri: string | undefined;
  readonly responseType: string | undefined;
  readonly scope: string | undefined;
  readonly state: string | undefined;
  readonly codeChallenge: string | undefined;
  readonly codeChallengeMethod: string | undefined;
}
/** An authorization request that was found good: nobody has decided on it yet. */
export interface Authorization extends RedirectTarget {
  readonly client: Client;
  readonly redirectUriSent: boolean;
  readonly scopes: readonly string[];
  readonly challenge: CodeChallenge | undefined;
}
/** An authorization that waits on a page for somebody to decide. */
export interface Pending extends Authorization {
  readonly id: string;
  /** The session of the browser that asked: no other one may answer. */
  sessionId: string;
  readonly createdAt: Instant;
  readonly expiresAt: Instant;
  answer?: Answer;
}

/** What goes back to the client by redirect. */
export type Answer = Approval | Denial;

export interface Approval extends RedirectTarget {
  readonly code: AuthorizationCode;
}

export interface Denial extends RedirectTarget {
  readonly error: OAuthError;
}
