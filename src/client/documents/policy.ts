// Written by `npm run docs` from the schemas of the documents; a test asserts that it is up to date.

import type { GrantType } from '../../core/model.js';
import type { Reason } from '../../core/errors.js';

/** One row of the error table. */
export interface ErrorRowDocument {
  /** Status of the answer. */
  readonly status?: number;
  /** Visible ASCII characters except " and \ (RFC 6749 §5.2). */
  readonly error?: string;
  /** The text beside the error code. */
  readonly description?: string;
}

/** How a provider differs from the real service: fields to change. */
export interface PolicyDocument {
  /**
   * Sets every field to what the RFCs ask, except for lifetimes, limits, refreshTokenIssuedIf, interaction and
   * errors; of the grants, password is removed. Fields beside it are set after it.
   */
  readonly preset?: 'rfc';
  /** The lifetime of an authorization code as a duration: 90s, 61m, 2h30m, 1d, PT15M, or never. */
  readonly code?: string;
  /** The lifetime of an access token as a duration: 90s, 61m, 2h30m, 1d, PT15M, or never. */
  readonly accessToken?: string;
  /** The lifetime of a refresh token as a duration: 90s, 61m, 2h30m, 1d, PT15M, or never. */
  readonly refreshToken?: string;
  /**
   * A refresh token ends if it is not used for this time. With refreshRotation keep, each use begins the time again.
   * A duration: 90s, 61m, 2h30m, 1d, PT15M, or never.
   */
  readonly refreshTokenIdle?: string;
  /**
   * The refresh tokens of a grant end this long after it was given, however often they are replaced. It holds for
   * tokens that are issued after it is set. A duration: 90s, 61m, 2h30m, 1d, PT15M, or never.
   */
  readonly refreshTokenAbsolute?: string;
  /**
   * For this time a replaced refresh token is accepted again: each use gives a new pair, and the pairs before stay
   * valid. Only a later use is a replay. 0s: it is accepted once. It has no effect with refreshRotation keep and
   * retire-previous-on-first-use, which replace no refresh token. A duration: 90s, 61m, 2h30m, 1d, PT15M, or never.
   */
  readonly refreshGrace?: string;
  /**
   * A refresh replaces only a refresh token that is as old as this or older; a younger one is kept. 0s: it replaces
   * each. It has no effect with refreshRotation keep. A duration: 90s, 61m, 2h30m, 1d, PT15M, or never.
   */
  readonly refreshRotationAfter?: string;
  /** Grant types that the token endpoint accepts. */
  readonly grants?: readonly GrantType[];
  /**
   * Further grant types that the token endpoint knows. Only a client whose own grants name one may use it; others
   * are refused as not authorized for it.
   */
  readonly grantsPerClient?: readonly GrantType[];
  /** Whether grant_type=implicit is refused as an unsupported grant type (RFC 6749 §5.2), or as an invalid grant. */
  readonly implicitAtToken?: 'unsupported-grant-type' | 'invalid-grant';
  /** How login and consent pages are answered: by a person (manual), or automatically for a user (auto). */
  readonly interaction?:
    | {
        /** How login and consent pages are answered: by a person (manual), or automatically for a user (auto). */
        readonly mode: 'manual';
      }
    | {
        /** How login and consent pages are answered: by a person (manual), or automatically for a user (auto). */
        readonly mode: 'auto';
        /** The id or the username of the user. */
        readonly user: string;
        /** What the user answers; default: allow. */
        readonly decision?: 'allow' | 'deny';
      };
  /**
   * How a redirect_uri is compared with the registered ones: exactly; exactly but for the port of a loopback address
   * (RFC 8252 §7.3); with more parameters allowed in the query; with any port at a loopback address and any order in
   * the query; normalized as Doorkeeper does (any query where none is registered, any port at a loopback address, an
   * empty path is /); or part by part as Spring does (letter case and a written port count, more parameters are
   * allowed).
   */
  readonly redirectUriMatching?:
    'exact' | 'exact-but-loopback-port' | 'ignore-query' | 'loopback-any-port' | 'normalized' | 'as-written';
  /** Whether a client_secret in an authorization request has to be right, or is ignored. */
  readonly secretAtAuthorize?: 'checked' | 'ignored';
  /** When an authorization request must have redirect_uri: always, or only if several are registered. */
  readonly redirectUriRequired?: 'always' | 'when-several';
  /** Whether the authorization endpoint sends an error to the redirect_uri (if it is valid) or shows it on a page. */
  readonly authorizeRefusals?: 'redirect' | 'page';
  /** The status of a refusal page: that of the error, or always 200. */
  readonly refusalPageStatus?: 'as-the-error' | 'always-200';
  /** The status of the redirect back to the client. */
  readonly redirectStatus?: 302 | 303;
  /** Whether state is returned to the client. */
  readonly echoState?: boolean;
  /** Whether the redirect includes token_type=bearer in addition to the code. */
  readonly tokenTypeInRedirect?: boolean;
  /** Whether the redirect has expires_in, the lifetime of an access token, beside the code. */
  readonly expiresInRedirect?: boolean;
  /** Whether a redirect with a code or an error has iss, the issuer of the metadata (RFC 9207). */
  readonly issuerInRedirect?: 'sent' | 'absent';
  /**
   * Whether the redirect URI is parsed and written anew for the redirect: the scheme in lower case, no default port,
   * and no parameter whose value is blank, state included.
   */
  readonly redirectUriRebuilt?: boolean;
  /**
   * How the redirect encodes a parameter: a space as %20; a space as a plus sign (form encoding); minimal, where
   * only what RFC 3986 does not allow in a query and a plus sign are escaped; or bare-plus, which leaves a plus sign
   * as it is.
   */
  readonly redirectEncoding?: 'percent' | 'plus' | 'minimal' | 'bare-plus';
  /** The values of response_mode that are known; an empty list ignores the parameter. */
  readonly responseModes?: readonly ('query' | 'fragment' | 'form_post')[];
  /** Whether the redirect URI urn:ietf:wg:oauth:2.0:oob shows the code on a page of the provider. */
  readonly outOfBandCode?: boolean;
  /** Whether a browser without a login sees the login page after the request was checked, or first. */
  readonly loginPage?: 'after-the-checks' | 'first';
  /** The HTTP methods that the authorization endpoint accepts (RFC 6749 §3.1: GET, and POST may be). */
  readonly authorizeMethods?: readonly ('GET' | 'HEAD' | 'POST')[];
  /**
   * Where an authorization request has its parameters: in the query of a GET and in the body of a POST (RFC 6749
   * §3.1), or in both places of a POST together.
   */
  readonly authorizeParametersIn?: 'by-method' | 'query-and-body';
  /** The content types that the authorization endpoint reads in a POST; untyped is a form without Content-Type. */
  readonly authorizeBodyTypes?: readonly ('form' | 'json' | 'multipart' | 'untyped')[];
  /**
   * What a POST to the authorization endpoint is: an authorization request (RFC 6749 §3.1) as well, or the form of
   * the consent page alone.
   */
  readonly authorizePost?: 'a-request' | 'the-form-alone';
  /** Whether the authorization endpoint accepts username and password in the query and returns the code in the body. */
  readonly passwordAtAuthorize?: boolean;
  /**
   * Whether the fields of the consent form that repeat the request are ignored, or are checked again as the request
   * that is approved. A redirect_uri that is not registered is refused in any case.
   */
  readonly consentFormFields?: 'ignored' | 'checked-again';
  /** A consent form that is sent again while its code is unspent: the same code, or a new one beside it. */
  readonly consentFormTwice?: 'same-code' | 'new-code';
  /**
   * Whether the consent page is shown each time; skipped while a token of the same client, user and scopes is valid;
   * or skipped for a confidential client while such a token is not revoked, even if it has expired.
   */
  readonly consent?: 'always' | 'skipped-while-a-token-lives' | 'skipped-until-revoked';
  /** Whether the parameter scope is used. */
  readonly scopeParameter?: 'checked' | 'ignored';
  /** What is granted if scope is omitted. */
  readonly scopeWhenOmitted?: 'all-of-the-client' | 'refused';
  /**
   * How scope is split: at single spaces, with the characters of RFC 6749 §3.3; at any run of white space; at each
   * white space and each plus sign, so that two in a row enclose an empty scope; at commas, with or without white
   * space around them; or at commas and white space alike.
   */
  readonly scopeSyntax?: 'rfc6749' | 'white-space' | 'each-white-space-or-plus' | 'comma' | 'comma-or-space';
  /** Whether the token endpoint checks scope only in grants that use it, or for every grant and before grant_type. */
  readonly scopeCheckedAtToken?: 'where-used' | 'every-grant';
  /** Whether a refresh without scope reads the parameter scopes. */
  readonly scopesAtRefresh?: boolean;
  /** Whether PKCE (RFC 7636) is ignored, allowed, required of clients without a secret or a key, or required. */
  readonly pkce?: 'ignored' | 'optional' | 'required-for-public-clients' | 'required';
  /** The accepted challenge methods. */
  readonly pkceMethods?: readonly ('S256' | 'plain')[];
  /** A code_challenge without code_challenge_method: plain (RFC 7636 §4.3), or refused. */
  readonly pkceMethodOmitted?: 'plain' | 'refused';
  /** Whether length and characters of code_challenge and code_verifier are checked (RFC 7636 §4.1, §4.2). */
  readonly pkceSyntax?: 'checked' | 'unchecked';
  /** The HTTP methods that the token endpoint accepts. */
  readonly tokenMethods?: readonly ('GET' | 'POST')[];
  /** Whether the token endpoint refuses another method first, or after client authentication. */
  readonly tokenMethodChecked?: 'first' | 'after-the-client';
  /**
   * The header Allow with such a refusal: the accepted methods (RFC 9110 §15.5.6); or GET, POST, and none if the
   * method was GET or HEAD.
   */
  readonly allowAtToken?: 'the-methods' | 'not-for-get';
  /** Where the token endpoint looks for parameters. */
  readonly tokenParametersIn?: readonly ('body' | 'query')[];
  /** The content types that the token endpoint reads; untyped is a form without Content-Type. */
  readonly tokenBodyTypes?: readonly ('form' | 'json' | 'multipart' | 'untyped')[];
  /**
   * A body of a type that is not read: refused; ignored, so that its parameters are missing; or ignored, but a
   * Content-Type that is no media type refused (Rails: 406).
   */
  readonly unreadBody?: 'refused' | 'ignored' | 'ignored-unless-malformed';
  /**
   * How names are read: as they are; or as Rack reads them, with lists (a[]) and objects (a[b]) of any depth,
   * semicolons between the parameters of a query, and lists and objects in JSON. A name that is text and a list at
   * once is refused then.
   */
  readonly parameterSyntax?: 'plain' | 'rack';
  /**
   * A parameter that is sent more than once in one place: refused (RFC 6749 §3.1, §3.2), or the first or the last
   * value counts. With the syntax of Rack, the last of two equal names counts, unless they are refused.
   */
  readonly parametersRepeated?: 'refused' | 'first' | 'last';
  /** A parameter in the body and in the query: refused (RFC 6749 §3.2), or the place whose value counts. */
  readonly parametersInBoth?: 'refused' | 'query' | 'body';
  /** Whether a parameter without a value (code=) counts as omitted (RFC 6749 §3.1), or as sent with an empty text. */
  readonly emptyParameters?: 'omitted' | 'sent';
  /** Whether a parameter with nothing but white space counts as a value, or as omitted. */
  readonly blankParameters?: 'kept' | 'omitted';
  /**
   * A parameter whose percent-encoding is broken or whose bytes are not UTF-8: refused; dropped, with U+FFFD for
   * bytes that are not UTF-8 (Tomcat); or kept as it stands.
   */
  readonly brokenEncoding?: 'refused' | 'dropped' | 'kept';
  /**
   * A client_secret or a password in the URL of the authorization, token, revocation or introspection endpoint:
   * accepted, or refused (RFC 6749 §2.3.1), also where the query is not read.
   */
  readonly secretInUrl?: 'accepted' | 'refused';
  /** A request with several Authorization headers: refused (RFC 9110 §5.3), or the first one counts. */
  readonly authorizationTwice?: 'refused' | 'first-counts';
  /**
   * What a token request is checked for first: the client; missing parameters; or missing parameters and what they
   * stand for: the refresh token, the user with the password, the code_verifier of a code with a challenge.
   */
  readonly tokenChecksFirst?: 'client' | 'parameters' | 'parameters-and-grant';
  /**
   * Where a client may send its id and secret; basic-secret-as-user: the secret alone, as the user name of Basic
   * without a password; private-key-jwt: a token signed with the key of the client (RFC 7523 §2.2; RS256, PS256,
   * ES256), whose `aud` is the token endpoint or the base URL, here or at the provider.
   */
  readonly clientCredentialsIn?: readonly ('basic' | 'body' | 'query' | 'basic-secret-as-user' | 'private-key-jwt')[];
  /** Further values of `aud` that such a token may have. */
  readonly assertionAudiences?: readonly string[];
  /**
   * Credentials in two places: refused (RFC 6749 §2.3); accepted if they are equal; a Basic header counts alone; or
   * parameters count first, and a Basic header of another client is refused too.
   */
  readonly clientCredentialsTwice?: 'refused' | 'accepted-if-same' | 'basic-alone' | 'parameters-first';
  /** Whether an Authorization header without the word Basic is read as Basic. */
  readonly basicWithoutScheme?: boolean;
  /** Whether the word Basic has to be written exactly so (RFC 9110 §11.1 ignores the letter case). */
  readonly basicLetterCase?: 'exact' | 'ignored';
  /** How id and secret are read in a Basic header: form-encoded (RFC 6749 §2.3.1), raw, or in either spelling. */
  readonly basicDecoding?: 'form' | 'raw' | 'any';
  /**
   * How the base64 of a Basic header is read: as RFC 4648 §3.2 and §3.3 ask; as Java does, where the padding may be
   * missing; or with any other characters in it, which are passed over.
   */
  readonly basicBase64?: 'rfc4648' | 'padding-optional' | 'lenient';
  /** Whether client authentication is required to exchange a code. */
  readonly clientAtCodeExchange?: 'required' | 'optional';
  /** Who may use the client credentials grant: confidential clients alone (RFC 6749 §4.4), or public ones too. */
  readonly clientCredentialsGrantFor?: 'confidential-clients' | 'any-client';
  /** How a refresh without any client authentication is refused: as a client's, or as a grant of another client. */
  readonly clientMissingAtRefresh?: 'client-refused' | 'grant-refused';
  /** Whether the token endpoint returns the parameter state with the errors for which the provider does so. */
  readonly echoStateAtToken?: boolean;
  /** Whether redirect_uri must be sent again with the code. */
  readonly redirectUriAtToken?: 'required' | 'required-if-sent-before' | 'optional';
  /** How that redirect_uri is compared with the one of the authorization request. */
  readonly redirectUriAtTokenMatching?: 'exact' | 'ignore-query' | 'normalized';
  /** The name of the username parameter in the password grant. */
  readonly passwordGrantUsername?: 'username' | 'email';
  /** Whether the password grant ignores the parameter provider, or refuses it: no such login provider is set up. */
  readonly passwordGrantProvider?: 'ignored' | 'refused';
  /**
   * Whether a username must be sent exactly, or in any letter case and with white space around it, at the login page
   * too.
   */
  readonly usernameMatching?: 'exact' | 'trimmed-any-case';
  /** Whether a code is invalid after a failed exchange. */
  readonly failedExchangeSpendsCode?: boolean;
  /** Whether a replayed code revokes the tokens that were issued for it (RFC 6749 §4.1.2). */
  readonly replayRevokesTokens?: boolean;
  /** Whether a token request returns the valid access token that the same client, user and scopes already have. */
  readonly accessTokenReused?: boolean;
  /** Whether refresh tokens are issued. */
  readonly refreshTokenIssued?: boolean;
  /**
   * Conditions under which a token request gets a refresh token: all must hold, and an empty list always holds.
   * Grants without an authorization request are asked for the scope and the client alone, and a refresh for nothing.
   */
  readonly refreshTokenIssuedIf?: readonly {
    /** Values of parameters of the authorization request, by name. */
    readonly parameter?: Readonly<Record<string, string>>;
    /** A scope that is granted. */
    readonly scope?: string;
    /** The user had given the client no access before, or prompt=consent was sent. */
    readonly consent?: 'first';
    /** Ids of clients, of which the client is one: others get no refresh token. */
    readonly client?: readonly string[];
  }[];
  /**
   * Maximum refresh tokens of one client and user that are valid at a time; beyond it the oldest is revoked: a whole
   * number, or unlimited.
   */
  readonly refreshTokensPerUser?: 'unlimited' | number;
  /**
   * Maximum access tokens of one client and user that are valid at a time; beyond it the oldest is revoked: a whole
   * number, or unlimited.
   */
  readonly accessTokensPerUser?: 'unlimited' | number;
  /**
   * What a refresh does to the refresh token: keep it; replace it; replace it, and revoke the old one when the new
   * access token is first used; or replace it, and revoke the token family if the old one is used again.
   */
  readonly refreshRotation?: 'keep' | 'rotate' | 'retire-previous-on-first-use' | 'reuse-revokes-family';
  /** With that first use: whether a call of the API counts, or only token info and introspection. */
  readonly previousRetiredBy?: 'any-use' | 'use-outside-the-api';
  /** Whether a refresh revokes the old access token. */
  readonly refreshRevokesAccessToken?: boolean;
  /**
   * What a refresh does that is refused because the refresh token has expired or the scope is wider: nothing, or it
   * revokes the access token all the same.
   */
  readonly refusedRefresh?: 'changes-nothing' | 'revokes-access-token';
  /** Whether the client credentials grant issues a refresh token, which RFC 6749 §4.4.3 advises against. */
  readonly refreshTokenForClientCredentials?: boolean;
  /**
   * Whether a refresh with fewer scopes narrows the new access token alone (RFC 6749 §6), or lasts for the next
   * refresh as well.
   */
  readonly narrowedScope?: 'access-token' | 'lasting';
  /**
   * Whether an expired token stays known as expired, or is removed when it is sent, so that it is unknown from the
   * second time on.
   */
  readonly expiredTokens?: 'remembered' | 'removed-when-sent';
  /** A request for revocation or introspection without a token: refused, or answered as for an unknown token. */
  readonly tokenParameterMissing?: 'refused' | 'as-unknown';
  /**
   * Whether revocation requires client authentication (RFC 7009 §2.1), or the token is enough, alone or with a
   * client_id; a client_id must be known, and a secret that is sent must be right.
   */
  readonly clientAtRevocation?: 'required' | 'optional';
  /**
   * How a revocation whose client authentication fails is refused: as at the other endpoints (RFC 7009 §2.1), or as
   * a client that may not revoke the token.
   */
  readonly revokeClientFailure?: 'as-elsewhere' | 'as-unauthorized';
  /** Whether token_type_hint=refresh_token is advisory (RFC 7009 §2.1), or access tokens are then not looked for. */
  readonly tokenTypeHint?: 'advisory' | 'binding';
  /** Whether revocation has an effect on a pair of tokens whose access token has expired. */
  readonly revokeExpired?: boolean;
  /** Who may revoke the tokens of a public client. */
  readonly revokePublicTokens?: 'own-client' | 'any-client';
  /** Who may ask the introspection endpoint: a client with its credentials, or the bearer of an access token. */
  readonly introspectionBy?: readonly ('client' | 'bearer')[];
  /** Which tokens introspection describes: all, or those of the client that asks. */
  readonly introspectionOf?: 'any-token' | 'own-tokens';
  /** Whether introspection of a refresh token describes it, or the access token that was issued with it. */
  readonly refreshTokenIntrospectedAs?: 'itself' | 'its-access-token';
  /** Where the API looks for the access token: `header` is Authorization, `x-api-key` is the header X-API-Key. */
  readonly bearerIn?: readonly ('header' | 'query' | 'body' | 'x-api-key')[];
  /**
   * How an Authorization header is read: by RFC 6750 §2.1, and refused if it is anything else; everything after
   * "Bearer" and one space; everything after the word Bearer, trimmed, up to a comma; or rails-token, which takes
   * `Bearer` or `Token` in this letter case, with or without `token=` and quotes, up to a comma. The last three pass
   * over other headers.
   */
  readonly bearerHeader?: 'rfc6750' | 'after-one-space' | 'after-the-word' | 'rails-token';
  /** Further schemes of the Authorization header that count like Bearer, in any letter case: token, OAuth. */
  readonly bearerAliases?: readonly string[];
  /**
   * Further headers that have the access token alone, if `header` is among the places: X-Acme-Access-Token. Their
   * names end with -token or -key, by which the journal knows that their values are secrets.
   */
  readonly bearerHeaders?: readonly string[];
  /** The names of the parameter that carries the access token, in query or body; the first one found counts. */
  readonly bearerParameters?: readonly ('access_token' | 'bearer_token')[];
  /**
   * An access token in two places: refused (RFC 6750 §2), also where one of them is not read; or the first that is
   * read counts: header, X-API-Key, query, body.
   */
  readonly bearerTwice?: 'refused' | 'first-counts';
  /** Whether a call of an unknown path is refused before or after its access token is looked at. */
  readonly apiChecksFirst?: 'token' | 'path';
  /** Whether the API refuses an access token that has expired. */
  readonly accessTokenExpiryChecked?: boolean;
  /** Whether the API refuses an access token that was revoked. */
  readonly accessTokenRevocationChecked?: boolean;
  /** Whether the API refuses an access token without the scope that a call needs. */
  readonly accessTokenScopeChecked?: boolean;
  /** Maximum API calls per second with one access token: a whole number, or unlimited. */
  readonly callsPerSecond?: 'unlimited' | number;
  /** Whether CORS headers allow scripts of any origin to read answers. */
  readonly cors?: boolean;
  /** Whether paths are compared with or without regard to letter case. */
  readonly pathLetterCase?: 'exact' | 'ignored';
  /**
   * Other spellings of a path that are accepted: a slash at its end (`/token/`), repeated slashes (`//token`), a
   * format at its end (`/token.json`), percent-encoded letters (`/%74oken`).
   */
  readonly pathSpelling?: readonly ('trailing-slash' | 'double-slash' | 'format-suffix' | 'encoded-letters')[];
  /** Whether a URL with bytes outside ASCII is read as if they were percent-encoded (RFC 3986 §2.1). */
  readonly rawBytesInUrl?: 'accepted' | 'refused';
  /** An Accept header that is no list of media types: ignored, or refused (Rails: 406). */
  readonly acceptMalformed?: 'ignored' | 'refused';
  /**
   * Whether a request without a route is answered with what is served there, or as the framework of the provider
   * does, which then looks for the route before it reads a body of JSON.
   */
  readonly unknownPaths?: 'explained' | 'as-the-framework';
  /** Whether pages and redirects have `Cache-Control: no-store`, or what the framework of the provider sends. */
  readonly pageCaching?: 'no-store' | 'as-the-framework';
  /**
   * Whether answers of the token endpoint, and those with a code in the body, have `Cache-Control: no-store` and
   * `Pragma: no-cache` (RFC 6749 §5.1), or what the framework of the provider sends.
   */
  readonly tokenCaching?: 'no-store' | 'as-the-framework';
  /**
   * The form of token answers and of refusals (status, error code, members, challenge): that of the provider, or
   * that of RFC 6749 §4.1.2.1, §5.1 and §5.2 and RFC 6750 §3.
   */
  readonly answerFormat?: 'as-the-provider' | 'rfc';
  /** Whether the refusal of a token without the needed scope has the header WWW-Authenticate (RFC 6750 §3). */
  readonly scopeChallenge?: boolean;
  /**
   * How a provider that writes error_description as HTML in JSON bodies does so: as it is, or with an entity for
   * each character that HTML 4.01 names.
   */
  readonly descriptionInJson?: 'as-it-is' | 'html-entities';
  /**
   * How that provider writes error_description in WWW-Authenticate: with quotes and backslashes escaped (RFC 9110
   * §5.6.4), or as it is.
   */
  readonly descriptionInChallenge?: 'escaped' | 'as-it-is';
  /** Rows of the error table to override, by reason. */
  readonly errors?: Readonly<Partial<Record<Reason, ErrorRowDocument>>>;
}
