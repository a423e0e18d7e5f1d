import type { AnyFacts, Reason } from '../core/errors.js';
import type {
  AccessToken,
  AuthorizationCode,
  Client,
  GrantType,
  IssuedTokens,
  RefreshToken,
  User,
} from '../core/model.js';
import type { ErrorRow, Policy } from '../core/policy.js';
import type { Access } from '../core/bearer.js';
import type { ClientConventions } from './client-conventions.js';
import type { Fact } from './fact.js';
import type { ConsentForm, PageWords } from './page-forms.js';
import type { Generators, RandomBytes, Realm, ScopeDefinition, SecondTokens } from '../core/realm.js';
import type { ParameterRules } from '../core/parameter-rules.js';
import type { UserDocument } from './user-document.js';

/** An answer as it is sent. The body is text, because the order and layout of its members are part of the answer. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /**
   * The layer of the provider's framework that sends it, for `everyAnswer`. `controller`: the application, without
   * content negotiation. `server`: what stands before the application. Left out: the application.
   */
  readonly layer?: 'controller' | 'server';
  /** What the journal says about it: how it differs from what was to be sent. */
  readonly notes?: readonly string[];
}

/** What a provider's framework looks at in a request when it completes an answer. */
export interface RequestSeen {
  readonly method: string;
  readonly headers: {
    readonly accept?: string | undefined;
    readonly 'content-type'?: string | undefined;
    readonly 'if-none-match'?: string | undefined;
    readonly [name: string]: string | string[] | undefined;
  };
  /** The URL as it was sent. */
  readonly originalUrl: string;
  /** The URL that was routed. */
  readonly url: string;
  /** The parameters of the query. */
  readonly query: unknown;
  /** The parsed body. */
  readonly body: unknown;
}

/** An answer before the provider's framework completes it. */
export interface AnswerSeen {
  readonly answer: WireAnswer;
  readonly request: RequestSeen;
  /** Generates a UUID for this answer. */
  readonly requestId: () => string;
  /** The time since the request arrived, in seconds. */
  readonly seconds: number;
}

/** The request that an answer is for. */
export interface Answering {
  readonly realm: Realm;
  /** Parameters that the client sent, without secrets. */
  readonly parameters: Readonly<Record<string, string>>;
  /** Variables of the path, by name. */
  readonly path: Readonly<Record<string, string>>;
  /** The URL of the provider for this client, without a slash at its end. */
  readonly baseUrl: string;
  /** The header Accept. */
  readonly accept: string | undefined;
  /** Headers of the request without secrets, by name in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  /** A UUID for the answer: another one each time that it is read. */
  readonly requestId: string;
}

/** A refusal with all that an error answer can contain. */
export interface Refusal extends ErrorRow {
  readonly reason: Reason;
  readonly facts: AnyFacts;
  /** A numeric error code beyond RFC 6749, from the provider's row. */
  readonly code: number | undefined;
  /** Whether a JSON body has the description as HTML, and whether a challenge has it without escapes. */
  readonly writing: Pick<Policy, 'descriptionInJson' | 'descriptionInChallenge'>;
  /** The parameter state of a refused token request, for a policy that returns it (`echoStateAtToken`). */
  readonly state?: string | undefined;
}

/** A provider's row of the error table: what differs from the standard row. */
export interface ProviderRow {
  readonly status?: number;
  readonly error?: string;
  readonly description?: string | ((facts: AnyFacts) => string);
  /** A numeric error code, for providers that send one. */
  readonly code?: number;
  /** Whether a refusal of the token endpoint returns state, under the policy `echoStateAtToken`. */
  readonly echoesState?: boolean;
}

/** A request to a protected resource, after the access token was checked. */
export interface ResourceRequest {
  readonly method: string;
  /** Path parameters by name. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly realm: Realm;
  readonly user: User | undefined;
  readonly access: Access | undefined;
  /** The client of the access token, or the one that authenticated. Undefined: the call is for anybody. */
  readonly clientId: string | undefined;
  readonly answering: Answering;
}

/** Claims of a token (RFC 7519 §4), by name. JSON omits the undefined ones. */
export type Claims = Readonly<Record<string, unknown>>;

/** How a provider makes ID tokens (OpenID Connect Core §2). */
export interface IdTokens {
  /** Whether an answer with tokens of a user has one. */
  readonly isDue: (issued: IssuedTokens, answering: Answering) => boolean;
  /** How long one is good, in seconds. Undefined: as long as the access token, or an hour if that does not end. */
  readonly seconds: number | undefined;
  /** Whether the answer to a refresh has one (OpenID Connect Core §12.2). */
  readonly atRefresh: 'sent' | 'absent';
  /** Makes the claims of a token of the usual ones: adds, replaces and removes some. */
  readonly claims: (usual: Claims, issued: IssuedTokens, answering: Answering) => Claims;
  /** Names of claims that it adds or replaces. Default: none. */
  readonly claimNames?: readonly string[];
}

/** One call of the provider's API. */
export interface Resource {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** The path below the base of the API, with `:name` for a variable segment. */
  readonly path: string;
  /** The access token needs one of these scopes. None: any valid token. */
  readonly scopes?: readonly string[];
  /**
   * `client`: HTTP Basic with the client's id and secret instead of an access token. `none`: anybody may call it.
   * Default: `bearer`.
   */
  readonly authentication?: 'bearer' | 'client' | 'none';
  /**
   * Ends its access token with the refresh token that was issued with it, or all tokens of the grant, unless the status
   * of its answer is 400 or above. Absent: none.
   */
  readonly revokes?: 'token' | 'grant';
  readonly answer: (
    request: ResourceRequest,
  ) => Partial<Pick<WireAnswer, 'status' | 'headers' | 'notes'>> & { readonly body: unknown };
}

/** Names of parameters by the kind of endpoint. */
export type DocumentedInUrl = Partial<
  Readonly<Record<'authorize' | 'token' | 'revoke' | 'introspect' | 'resource' | 'userinfo', readonly string[]>>
>;

/** The paths of a provider, without the prefix of Understudy. */
export interface Endpoints {
  /** Paths of the authorization endpoint. In every list the first path is shown to users; the others work too. */
  readonly authorize: readonly [string, ...string[]];
  readonly token: readonly [string, ...string[]];
  /** Paths at which only refresh tokens are exchanged. Absent or empty: they are exchanged at the token paths. */
  readonly refresh?: readonly string[];
  readonly revoke: readonly string[];
  readonly introspect: readonly string[];
  readonly tokenInfo: readonly string[];
  /** Paths of the userinfo endpoint (OpenID Connect Core §5.3). */
  readonly userinfo: readonly string[];
  /** Paths of the server's metadata (RFC 8414 §3). */
  readonly metadata: readonly string[];
  /** Paths of the keys that check its ID tokens (RFC 7517 §5). Absent: none. */
  readonly jwks?: readonly string[];
  readonly login: string;
  /** Base paths of the API. */
  readonly api: readonly [string, ...string[]];
}

/** The metadata of an authorization server, by the names of RFC 8414 §2. JSON omits the undefined members. */
export type ServerMetadata = Readonly<Record<string, string | readonly string[] | true | undefined>>;

/** A page of a provider beside those of the protocol. */
export interface AccountPage {
  /** With `:name` for a segment that varies. */
  readonly path: string;
  readonly methods: readonly ('GET' | 'HEAD' | 'POST' | 'PUT' | 'PATCH' | 'DELETE')[];
  /** For the journal: why it answers so. */
  readonly note: string;
  /** Always the same answer, or a page with the names of the clients that the user gave access to. */
  readonly answer: WireAnswer | 'authorized-clients';
}

/**
 * One emulated vendor: data, and small functions where data is not enough. Read `standard` first: a provider spreads it
 * and states the differences.
 */
export interface Provider<Name extends string = string> {
  /** The first path segment below which it is served. */
  readonly name: Name;
  readonly title: string;
  /** The colour of the pages. */
  readonly accent: 'blue' | 'teal' | 'violet' | 'slate';
  /** The real origin, for documentation. */
  readonly origin: string;
  readonly hosts: readonly string[];
  readonly endpoints: Endpoints;
  /**
   * The hosts at which a path answers, if it does not answer at all of them, by the path as it is routed: `/token`, and
   * `/api/*` for the base of an API. Absent: each path answers at each host.
   */
  readonly pathHosts?: ReadonlyMap<string, readonly string[]> | undefined;
  /** Values for the variables of paths and hosts, in URLs that are shown. Absent: there are no variables. */
  readonly variables?: Readonly<Record<string, string>>;
  /** Its own names for the parameters of RFC 6749 in requests. Absent: none. */
  readonly parameterNames?: Readonly<Record<string, string>>;
  /** Its own words for grant types in requests. Those of RFC 6749 are unknown then. Absent: those of RFC 6749. */
  readonly grantWords?: ReadonlyMap<string, GrantType>;
  /** Pages for users and administrators of the provider. Absent: none. */
  readonly accountPages?: readonly AccountPage[];
  readonly policy: Policy;
  /** Users beside those of the scenario. Absent: none. */
  readonly users?: readonly UserDocument[];
  readonly scopes: Readonly<Record<string, ScopeDefinition>>;
  readonly generators: (random: RandomBytes) => Omit<Generators, 'id' | 'requestId'>;
  readonly reasons: Partial<Readonly<Record<Reason, ProviderRow>>>;
  readonly resources: readonly Resource[];
  readonly facts: readonly Fact[];
  /** Parameters of an authorization request beyond RFC 6749. Each is checked, and kept with the grant. Absent: none. */
  readonly authorizeParameters?: ParameterRules;
  /** Parameters of a token request beyond RFC 6749, except of a refresh. Absent: none. */
  readonly tokenParameters?: ParameterRules;
  /** Parameters of a refresh beyond RFC 6749. Absent: none. */
  readonly refreshParameters?: ParameterRules;
  /**
   * Parameters that the provider's own documents put into the URL of a request to an endpoint. Absent: none beyond
   * those that RFC 6749 puts there. It decides how severe the findings about secrets in URLs are.
   */
  readonly documentedInUrl?: DocumentedInUrl;
  /** Absent: the credentials are in the header (RFC 6749 §2.3.1), and the API is called at its base. */
  readonly conventions?: ClientConventions;

  /** Absent: there is one access token in an answer. */
  readonly secondTokens?: SecondTokens | undefined;
  /** Absent: its answers have no ID tokens. */
  readonly idTokens?: IdTokens;
  /** `answering` is left out where no client waits for the answer. */
  readonly tokenAnswer: (issued: IssuedTokens, answering?: Answering) => WireAnswer;
  /** Media type of most answers with tokens, in lower case and without parameters. Absent: JSON, or not known. */
  readonly tokenMediaType?: string | undefined;
  readonly tokenRefusal: (refusal: Refusal, answering?: Answering) => WireAnswer;
  /** Refusals of the revocation endpoint. Absent: as of the token endpoint. */
  readonly revokeRefusal?: (refusal: Refusal, answering?: Answering) => WireAnswer;
  /** Refusals of the introspection endpoint. Absent: as of the token endpoint. */
  readonly introspectRefusal?: (refusal: Refusal, answering?: Answering) => WireAnswer;
  /** The code in the body, for the policy `passwordAtAuthorize`. */
  readonly codeAnswer: (code: string) => WireAnswer;
  readonly revokeAnswer: () => WireAnswer;
  /** The introspection endpoint's answer for a live token; undefined if it is not live or unknown. */
  readonly introspectAnswer: (token: AccessToken | RefreshToken | undefined) => WireAnswer;
  /** The answer of the token info endpoint, which no RFC defines. */
  readonly tokenInfoAnswer?: (token: AccessToken, realm: Realm) => WireAnswer;
  /** A refusal of the token info endpoint. Absent: as at the token endpoint. */
  readonly tokenInfoRefusal?: (refusal: Refusal) => WireAnswer;
  /** The claims about the user of an access token (OpenID Connect Core §5.3.2). */
  readonly userinfoAnswer: (access: Access, answering: Answering) => WireAnswer;
  readonly metadataAnswer: (metadata: ServerMetadata, answering: Answering) => WireAnswer;
  readonly bearerRefusal: (refusal: Refusal, answering?: Answering) => WireAnswer;
  /**
   * Completes an answer as the provider's framework does: the headers that it adds to every answer, the body of a
   * redirect, 304 for an answer that the client has already. Absent: it adds nothing.
   */
  readonly everyAnswer?: (answer: AnswerSeen) => WireAnswer;
  /**
   * The answer to a request that the provider's framework refuses before its application sees it: unknown path or
   * method, unreadable body. Undefined: the endpoint answers in its own form.
   */
  readonly serverRefusal?: (refusal: Refusal, request: RequestSeen) => WireAnswer | undefined;
  /** Whether the provider's framework cannot read the header Accept, for the policy `acceptMalformed`. */
  readonly refusesAccept: (request: RequestSeen) => boolean;
  /** Parameters of a redirect with an error, in their order. `echoed`: `state` and `iss`, if the policy sends them. */
  readonly redirectRefusal: (
    refusal: Refusal,
    echoed: { readonly state?: string; readonly iss?: string },
    answering?: Answering,
  ) => Readonly<Record<string, string>>;
  /**
   * Parameters of a redirect with a code, in their order, made from those that the policy gives. Absent: these.
   */
  readonly redirectAnswer?: (
    parameters: Readonly<Record<string, string>>,
    about: { readonly code: AuthorizationCode; readonly answering: Answering },
  ) => Readonly<Record<string, string>>;
  /** Names of the parameters that `redirectAnswer` can make. Absent: they are not known. */
  readonly redirectNames?: readonly string[];
  /** The parameter that `signRedirect` adds. Absent: there is no signature. */
  readonly signatureName?: string;
  /** Adds a signature to the parameters of a redirect with a code. Absent: there is none. */
  readonly signRedirect?: (
    parameters: Readonly<Record<string, string>>,
    client: Client | undefined,
  ) => Readonly<Record<string, string>>;
  readonly refusedHeading: string;
  /** Refusals of the authorization endpoint that are no redirect. Absent: as of the provider's pages. */
  readonly authorizeRefusal?: (refusal: Refusal, answering?: Answering) => WireAnswer;
  /** The answer to a refused page, where the provider shows no page of its own. */
  readonly pageRefusal?: (refusal: Refusal) => WireAnswer | undefined;
  /** The answer in place of a page, where the request's headers do not let the framework find an HTML page. */
  readonly insteadOfPage?: (headers: RequestSeen['headers']) => WireAnswer | undefined;
  /** Its own words on the login and consent pages. Absent: none. */
  readonly pageWords?: PageWords;
  /** Title of the page that posts an answer to the client (response_mode=form_post). */
  readonly formPostTitle: string;
  readonly loginFields: { readonly username: string; readonly password: string; readonly antiForgery: string };
  readonly consentForm: ConsentForm;
}
