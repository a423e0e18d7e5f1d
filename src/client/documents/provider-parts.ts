// Written by `npm run docs` from the schemas of the documents; a test asserts that it is up to date.

/** An answer as templates, with the cases in which it differs. */
export interface AnswerDocument {
  /** Status of the answer. */
  readonly status?: number;
  /**
   * Headers; their values are templates, of visible ASCII and blanks. A header without a value is not
   * sent.
   */
  readonly headers?: Readonly<Record<string, string>>;
  /** How the body is written. Default: json. */
  readonly as?: 'json' | 'form' | 'text';
  /**
   * The body, with templates in its texts. A text that is one {{ output }} alone keeps the type of its
   * value; a member without a value is left out.
   */
  readonly body?: unknown;
  /** Answers for cases. The first whose condition holds counts; what it leaves out is as beside it. */
  readonly cases?: readonly {
    /** A condition: grant_type == 'refresh_token' and scopes contains 'offline'. */
    readonly when: string;
    /** Status of the answer. */
    readonly status?: number;
    /** Headers; their values are templates, of visible ASCII and blanks. A header without a value is not sent. */
    readonly headers?: Readonly<Record<string, string>>;
    /** How the body is written. Default: json. */
    readonly as?: 'json' | 'form' | 'text';
    /**
     * The body, with templates in its texts. A text that is one {{ output }} alone keeps the type of its value; a
     * member without a value is left out.
     */
    readonly body?: unknown;
  }[];
}

/** How tokens or codes look. */
export interface TokenShape {
  /**
   * What the random part looks like: alphanumeric (0-9A-Za-z), digits, hex, base64url, base62-pairs
   * (each random byte as two base-62 digits), uuid, uuid-hex (without hyphens), jwt (three base64url
   * parts, which nobody signed), or characters of an alphabet.
   */
  readonly shape:
    'alphanumeric' | 'digits' | 'hex' | 'base64url' | 'base62-pairs' | 'uuid' | 'uuid-hex' | 'jwt' | 'characters';
  /** Length of the random part, in characters. Default: 43. */
  readonly length?: number;
  /** Visible characters of ASCII, from which the shape characters takes its own. */
  readonly alphabet?: string;
  /** What it begins with: visible characters of ASCII. */
  readonly prefix?: string;
  /** What it ends with: visible characters of ASCII. */
  readonly suffix?: string;
}

/** One call of the API of a provider. */
export interface ProviderResource {
  /** All calls of the API of a built-in provider. Nothing else is beside it. */
  readonly from?: 'mailup' | 'tinyemail' | 'dottedsign';
  /** Method of the request. Default: GET. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /**
   * The path below the base of the API, which begins with /. {name} is one segment: path.name in
   * templates.
   */
  readonly path?: string;
  /** The access token needs one of them. */
  readonly scopes?: readonly string[];
  /**
   * An access token (bearer, the default), the client's id and secret by HTTP Basic (client), or nothing
   * (none).
   */
  readonly authentication?: 'bearer' | 'client' | 'none';
  /**
   * What the call ends: its access token and the refresh token that was issued with it (token), or all
   * tokens of their grant (grant). An answer with a status from 400 ends nothing. Default: nothing.
   */
  readonly revokes?: 'token' | 'grant';
  /**
   * A list that calls can change: GET and POST at the path, GET, PUT, PATCH and DELETE of one item below
   * it.
   */
  readonly list?: {
    /** The member that names an item. Default: id. */
    readonly key?: string;
    /** The items at first. */
    readonly items?: readonly Readonly<Record<string, unknown>>[];
    /** The member of the answer that has the items. Default: the answer is the list. */
    readonly in?: string;
  };
  /** Status of the answer. */
  readonly status?: number;
  /**
   * Headers; their values are templates, of visible ASCII and blanks. A header without a value is not
   * sent.
   */
  readonly headers?: Readonly<Record<string, string>>;
  /** How the body is written. Default: json. */
  readonly as?: 'json' | 'form' | 'text';
  /**
   * The body, with templates in its texts. A text that is one {{ output }} alone keeps the type of its
   * value; a member without a value is left out.
   */
  readonly body?: unknown;
  /** Answers for cases. The first whose condition holds counts; what it leaves out is as beside it. */
  readonly cases?: readonly {
    /** A condition: grant_type == 'refresh_token' and scopes contains 'offline'. */
    readonly when: string;
    /** Status of the answer. */
    readonly status?: number;
    /**
     * Headers; their values are templates, of visible ASCII and blanks. A header without a value is not
     * sent.
     */
    readonly headers?: Readonly<Record<string, string>>;
    /** How the body is written. Default: json. */
    readonly as?: 'json' | 'form' | 'text';
    /**
     * The body, with templates in its texts. A text that is one {{ output }} alone keeps the type of its
     * value; a member without a value is left out.
     */
    readonly body?: unknown;
  }[];
}

/** A user who can log in. */
export interface UserDocument {
  /** Default: the username. */
  readonly id?: string;
  /** What the person types on the login page. */
  readonly username?: string;
  /** Default: understudy. */
  readonly password?: string;
  /** The name on pages. */
  readonly name?: string;
  /** The API answers 403 although the token is valid. */
  readonly suspended?: boolean;
  /** Members that override the provider's answers about this user. */
  readonly profile?: Readonly<Record<string, unknown>>;
}
