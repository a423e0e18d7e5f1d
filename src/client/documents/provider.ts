// Written by `npm run docs` from the schemas of the documents; a test asserts that it is up to date.

import type { GrantType } from '../../core/model.js';
import type { PolicyDocument } from './policy.js';
import type { AnswerDocument, ProviderResource, TokenShape, UserDocument } from './provider-parts.js';

/** A provider as a document: what differs from the provider that it is like. */
export interface ProviderDocument {
  /** The JSON Schema for editors. It is ignored. */
  readonly $schema?: string;
  /** A name of a-z, 0-9 and -: the first segment of its paths. Default: the name of the file. */
  readonly name?: string;
  /** Its name for people. */
  readonly title?: string;
  /**
   * The provider that this one is like: standard (the default), mailup, tinyemail, dottedsign, or
   * another file.
   */
  readonly like?: string;
  /** The real origin, without a path: https://…. */
  readonly origin?: string;
  /** The real hosts, in lower case. {name} is a variable. */
  readonly hosts?: readonly string[];
  /** Where it is. */
  readonly endpoints?: {
    /**
     * The authorization endpoint: a path that begins with /, without : and *, alone or after its only host
     * (auth.acme.example/token), or a list of them, of which the first is shown.
     */
    readonly authorize?: string | readonly string[];
    /**
     * The token endpoint: a path that begins with /, without : and *, alone or after its only host
     * (auth.acme.example/token), or a list of them, of which the first is shown.
     */
    readonly token?: string | readonly string[];
    /**
     * Where refresh tokens alone are exchanged; [] for the token endpoint. With a path here the token
     * endpoint refuses a refresh, unless a path is in both lists; here a missing grant_type means
     * refresh_token: a path that begins with /, without : and *, alone or after its only host
     * (auth.acme.example/token), or a list of them, of which the first is shown.
     */
    readonly refresh?: string | readonly string[];
    /**
     * The revocation endpoint (RFC 7009); [] for none: a path that begins with /, without : and *, alone
     * or after its only host (auth.acme.example/token), or a list of them, of which the first is shown.
     */
    readonly revoke?: string | readonly string[];
    /**
     * The introspection endpoint (RFC 7662); [] for none: a path that begins with /, without : and *,
     * alone or after its only host (auth.acme.example/token), or a list of them, of which the first is
     * shown.
     */
    readonly introspect?: string | readonly string[];
    /**
     * The userinfo endpoint (OpenID Connect Core §5.3); [], the default beside other endpoints, for none:
     * a path that begins with /, without : and *, alone or after its only host (auth.acme.example/token),
     * or a list of them, of which the first is shown.
     */
    readonly userinfo?: string | readonly string[];
    /**
     * The metadata of the server (RFC 8414); [], the default beside other endpoints, for none: a path that
     * begins with /, without : and *, alone or after its only host (auth.acme.example/token), or a list of
     * them, of which the first is shown.
     */
    readonly metadata?: string | readonly string[];
    /**
     * The keys that check its ID tokens (RFC 7517 §5); [], the default beside other endpoints, for none: a
     * path that begins with /, without : and *, alone or after its only host (auth.acme.example/token), or
     * a list of them, of which the first is shown.
     */
    readonly jwks?: string | readonly string[];
    /** The login page: a path that begins with /, without : and *. No client asks for it. */
    readonly login?: string;
    /**
     * The bases of the API: a path that begins with /, without : and *, alone or after its only host
     * (auth.acme.example/token), or a list of them, of which the first is shown.
     */
    readonly api?: string | readonly string[];
  };
  /** Variables of paths and hosts, by name. */
  readonly variables?: Readonly<
    Record<
      string,
      {
        /** The value in the URLs that are shown: letters, digits, and . _ ~ -. */
        readonly example: string;
        /** What it stands for. */
        readonly description?: string;
      }
    >
  >;
  /** Its rules. */
  readonly policy?: PolicyDocument;
  /** How its requests are read. */
  readonly parameters?: {
    /** Names that it has for the parameters of RFC 6749 in requests: { client_id: client_key }. */
    readonly names?: Readonly<Record<string, string>>;
    /**
     * Its words for the grant types in requests: { web_server: authorization_code, refresh: refresh_token
     * }. Other words are unknown then, also those of RFC 6749.
     */
    readonly grantTypes?: Readonly<Record<string, GrantType>>;
    /** Its own parameters of an authorization request, by name. */
    readonly authorize?: Readonly<
      Record<
        string,
        {
          /** Whether a request without it is refused. */
          readonly required?: boolean;
          /** Accepted values. */
          readonly values?: readonly string[];
          /** Its value in a request without it; response_type and grant_type can have one, too. */
          readonly default?: string;
        }
      >
    >;
    /** Those of a token request, except a refresh. */
    readonly token?: Readonly<
      Record<
        string,
        {
          /** Whether a request without it is refused. */
          readonly required?: boolean;
          /** Accepted values. */
          readonly values?: readonly string[];
          /** Its value in a request without it; response_type and grant_type can have one, too. */
          readonly default?: string;
        }
      >
    >;
    /** Those of a refresh. */
    readonly refresh?: Readonly<
      Record<
        string,
        {
          /** Whether a request without it is refused. */
          readonly required?: boolean;
          /** Accepted values. */
          readonly values?: readonly string[];
          /** Its value in a request without it; response_type and grant_type can have one, too. */
          readonly default?: string;
        }
      >
    >;
  };
  /** How its tokens and codes look. */
  readonly tokens?: {
    readonly accessToken?: TokenShape;
    readonly refreshToken?: TokenShape;
    readonly code?: TokenShape;
  };
  /** Its answers. */
  readonly answers?: {
    /** With tokens. */
    readonly token?: AnswerDocument;
    /** With a code in its body (policy passwordAtAuthorize). */
    readonly code?: AnswerDocument;
    /** After a revocation. */
    readonly revoke?: AnswerDocument;
    /** About a token. */
    readonly introspect?: AnswerDocument;
    /** About the user of a token, at the userinfo endpoint. */
    readonly userinfo?: AnswerDocument;
    /** With the metadata of the server. */
    readonly metadata?: AnswerDocument;
    /** Parameters of the redirect back with a code, in their order. */
    readonly callback?: Readonly<Record<string, string>>;
    /**
     * ID tokens (OpenID Connect Core §2), signed with RS256; endpoints.jwks has the key. Without life they
     * end with the access token, or after an hour if that does not end.
     */
    readonly idToken?: {
      /** A condition, as in an answer. Default: scopes contains 'openid'. A token without a user has none. */
      readonly when?: string;
      /** The lifetime of an ID token as a duration: 90s, 61m, 2h30m, 1d, PT15M, or never. */
      readonly life?: string;
      /** Whether the answer to a refresh has one (OpenID Connect Core §12.2). Default: sent. */
      readonly atRefresh?: 'sent' | 'absent';
      /**
       * Claims that it has beside iss, sub, aud, exp, iat, nonce and at_hash, or in place of them, with
       * templates in their texts. null, or a template without a value, takes one away.
       */
      readonly claims?: Readonly<Record<string, unknown>>;
    };
    /**
     * A second access token in one answer, with scopes and a refresh token of its own: the variable second
     * of answers.token. The policy says how long it lives, and whether it has a refresh token. What is
     * left out is as in the provider that the file is like.
     */
    readonly secondToken?: {
      /** A condition, as in an answer. Default: each answer but that of a refresh has one. */
      readonly when?: string;
      /** A condition under which there is no first access token: this one takes its place. Default: never. */
      readonly alone?: string;
      /** Its scopes, as a template: with blanks or commas between them. Default: those of the first. */
      readonly scopes?: string;
      /** How it looks. Default: as tokens.accessToken. */
      readonly shape?: TokenShape;
    };
    /**
     * An HMAC over the other parameters of the redirect back with a code, sorted by name, as name=value
     * with & between them. The key is the client's secret. A client without a secret gets none.
     */
    readonly sign?: {
      /** The parameter that has the signature. */
      readonly parameter: string;
      /** The hash function. Default: sha256. */
      readonly algorithm?: 'sha1' | 'sha256' | 'sha512';
      /** How it is written. Default: hex. */
      readonly encoding?: 'hex' | 'base64' | 'base64url';
    };
  };
  /** Its refusals. */
  readonly errors?: {
    /** Refusals of the token endpoint. */
    readonly token?: AnswerDocument;
    /** Refusals of the revocation endpoint. Default: as of token. */
    readonly revoke?: AnswerDocument;
    /** Refusals of the introspection endpoint. Default: as of token. */
    readonly introspect?: AnswerDocument;
    /** Refusals at the authorization endpoint that are no redirect. Default: a page. */
    readonly authorize?: AnswerDocument;
    /** Refusals of the API. */
    readonly api?: AnswerDocument;
    /** Parameters of a redirect back with an error, in their order. */
    readonly callback?: Readonly<Record<string, string>>;
    /** Status, code and text by reason: what differs from the error table. */
    readonly reasons?: Readonly<
      Record<
        string,
        {
          /** Status of the answer. */
          readonly status?: number;
          /** The error code. */
          readonly error?: string;
          /** The text beside it, as a template. */
          readonly description?: string;
          /** A numeric error code, for templates. */
          readonly code?: number;
          /** Whether a refusal of the token endpoint returns state, under the policy echoStateAtToken. */
          readonly echoesState?: boolean;
        }
      >
    >;
  };
  /** Its scopes. */
  readonly scopes?: Readonly<
    Record<
      string,
      | string
      | {
          /** What the consent page says. */
          readonly words: string;
          /** Grant types that may ask for it. */
          readonly grants?: readonly GrantType[];
          /** Granted only to requests that name it. */
          readonly onlyIfNamed?: boolean;
        }
    >
  >;
  /** Calls of its API. */
  readonly resources?: readonly ProviderResource[];
  /**
   * Users beside those of the scenario default. One takes the place of those with its id or username,
   * and of one whose id is its username.
   */
  readonly users?: readonly UserDocument[];
  /** Its login and consent pages. */
  readonly pages?: {
    /** The colour of the pages. */
    readonly colour?: 'blue' | 'teal' | 'violet' | 'slate';
    /** Heading of the login page. */
    readonly loginHeading?: string;
    /** Label of the field for the username. */
    readonly usernameLabel?: string;
    /** Label of the field for the password. */
    readonly passwordLabel?: string;
    /** The words of the button that logs in. */
    readonly loginButton?: string;
    /** Heading of the consent page. {client} is the name of the client. */
    readonly consentHeading?: string;
    /** The words of the button that allows. */
    readonly allowButton?: string;
    /** The words of the button that denies. */
    readonly denyButton?: string;
    /** Heading of the page that refuses a request. */
    readonly refusedHeading?: string;
    /** Title of the page that posts an answer (response_mode=form_post). */
    readonly formPostTitle?: string;
    /** Name of the field for the username. */
    readonly username?: string;
    /** Name of the field for the password. */
    readonly password?: string;
    /** Name of the hidden field against forged forms. */
    readonly antiForgery?: string;
    /** What the button Allow sends. */
    readonly allow?: {
      readonly name: string;
      readonly value: string;
    };
    /** What the button Deny sends. */
    readonly deny?: {
      readonly name: string;
      readonly value: string;
    };
    /** Hidden fields of the consent form. */
    readonly hidden?: readonly {
      readonly name: string;
      readonly value: string;
    }[];
    /** The field that allows, if it is not that of the button. */
    readonly allowedBy?: {
      readonly name: string;
      readonly value: string;
    };
    /** Name of the field of each scope, with {scope} in it, if people decide on each. */
    readonly scopeField?: string;
    /** What becomes of a form that neither allows nor denies. */
    readonly undecided?: 'denied' | 'asked-again';
  };
  /** What clients in its documents do, for examples and the playground. */
  readonly conventions?: {
    /** Where its documents put id and secret of the client. */
    readonly credentials: 'basic' | 'body';
    /** A call that needs no parameters, below the base of the API. */
    readonly apiPath: string;
    /** The scopes that a first client asks for. */
    readonly scope?: string;
  };
  /** What is known of it, with source and confidence. */
  readonly facts?: readonly {
    /** A stable id. Default: the name of the provider and a number. */
    readonly id?: string;
    /** What it does. */
    readonly behaviour: string;
    /** The policy field that switches it. */
    readonly field?: string;
    /** Where that is written. */
    readonly source: string;
    /**
     * SEEN(d): in its documentation. SEEN(c×n): n independent clients do or expect it. MEASURED. INFERRED.
     * GUESS: assumed.
     */
    readonly confidence: string;
  }[];
}

/** A provider as a document, with its name: the first segment of its paths. */
export type NamedProvider = ProviderDocument & { readonly name: string };
