import type { AnyFacts, Reason } from '../core/errors.js';
import type { AccessToken, ErrorRow, Instant, IssuedTokens, Policy, RefreshToken, User } from '../core/model.js';
import type { Access } from '../core/bearer.js';
import type { Pending } from '../core/authorization.js';
import type { Generate, RandomBytes, Realm, ScopeDefinition } from '../core/realm.js';

/** An answer as it leaves: the body is text already, because the order of members and their layout are part of it. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/** What is known of an answer when its last headers are added. */
export interface AnswerSeen {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** A random UUID of this answer. */
  readonly requestId: () => string;
  /** How long the answer took, in seconds. */
  readonly seconds: number;
}

/** A refusal with everything that the wire may say of it. */
export interface Refusal extends ErrorRow {
  readonly reason: Reason;
  readonly facts: AnyFacts;
  /** Members beyond RFC 6749's, from the provider's own row. */
  readonly code: number | undefined;
}

/** A provider's row of the error table: what it says otherwise than the standard. */
export interface ProviderRow {
  readonly status?: number;
  readonly error?: string;
  readonly description?: string | ((facts: AnyFacts) => string);
  /** DottedSign's `error_code`. */
  readonly code?: number;
}

/** What a resource is asked. */
export interface ResourceRequest {
  readonly method: string;
  /** Path parameters by name. */
  readonly params: Readonly<Record<string, string>>;
  readonly query: Readonly<Record<string, unknown>>;
  readonly body: unknown;
  readonly realm: Realm;
  readonly user: User | undefined;
  readonly access: Access | undefined;
}

/** A call of the provider's API. */
export interface Resource {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below the provider's base, with `:name` for a segment that varies. */
  readonly path: string;
  /** One of these is needed; none means any live token. */
  readonly scopes?: readonly string[];
  /** `client`: HTTP Basic with the client's id and secret in place of a token. Default `bearer`. */
  readonly authentication?: 'bearer' | 'client';
  readonly answer: (request: ResourceRequest) => {
    readonly status?: number;
    readonly headers?: Readonly<Record<string, string>>;
    readonly body: unknown;
  };
}

/**
 * How sure a fact is. SEEN(d): the provider's own documentation or code. SEEN(c×n): n independent clients do or expect it.
 * MEASURED: obtained by running the framework that the provider uses. INFERRED: follows from that framework.
 * GUESS: no source; assumed.
 */
export type Confidence =
  | 'SEEN(d)'
  | 'SEEN(d, old)'
  | `SEEN(c×${string})`
  | `SEEN(d), SEEN(c×${string})`
  | 'SEEN(d), MEASURED'
  | 'MEASURED'
  | 'INFERRED'
  | 'GUESS';

/** One behaviour that can be seen on the wire, with where it comes from. */
export interface Fact {
  /** Stable, quoted by tests: `mailup.token.members`. */
  readonly id: string;
  readonly behaviour: string;
  /** The policy field that switches it. */
  readonly field?: keyof Policy;
  readonly source: string;
  readonly confidence: Confidence;
}

/** Names of the fields and buttons on the consent page. */
export interface ConsentForm {
  readonly antiForgery: string;
  readonly allow: { readonly name: string; readonly value: string };
  /** Whether what was posted is a yes. */
  readonly allows: (form: Readonly<Record<string, unknown>>) => boolean;
  readonly deny: { readonly name: string; readonly value: string };
  /** What becomes of a form that says neither yes nor no. */
  readonly undecided: 'denied' | 'asked-again';
  /** Fields that the provider's own form carries; nothing in them is believed on return. */
  readonly hidden: (pending: Pending, realm: Realm) => readonly { readonly name: string; readonly value: string }[];
  /** The field of a scope's own yes or no, where each is asked for. */
  readonly scopeField?: (scope: string) => string;
}

export interface Endpoints {
  /** Each list's first path is the one to advertise; the others work as well. */
  readonly authorize: readonly [string, ...string[]];
  readonly token: readonly [string, ...string[]];
  readonly revoke: readonly string[];
  readonly introspect: readonly string[];
  readonly tokenInfo: readonly string[];
  readonly login: string;
  /** Bases below which the bearer token is checked. */
  readonly api: readonly [string, ...string[]];
}

/**
 * One emulated vendor, as data, with small functions where data cannot say it. Read `standard` first: a provider spreads it
 * and says how it differs.
 */
export interface Provider<Name extends string = string> {
  /** The first path segment below which it is served. */
  readonly name: Name;
  readonly title: string;
  /** The page colour. */
  readonly accent: 'blue' | 'teal' | 'violet' | 'slate';
  /** The real origin, for documentation, and every Host under which it is served bare. */
  readonly origin: string;
  readonly hosts: readonly string[];
  readonly endpoints: Endpoints;
  readonly policy: Policy;
  readonly scopes: Readonly<Record<string, ScopeDefinition>>;
  readonly generators: (random: RandomBytes) => {
    readonly accessToken: Generate;
    readonly refreshToken: Generate;
    readonly code: Generate;
  };
  readonly reasons: Partial<Readonly<Record<Reason, ProviderRow>>>;
  readonly resources: readonly Resource[];
  readonly facts: readonly Fact[];

  readonly tokenAnswer: (issued: IssuedTokens) => WireAnswer;
  readonly tokenRefusal: (refusal: Refusal) => WireAnswer;
  /** Where the policy lets the authorization endpoint answer a code in the body (`passwordAtAuthorize`). */
  readonly codeAnswer: (code: string) => WireAnswer;
  readonly revokeAnswer: () => WireAnswer;
  /** The introspection endpoint's answer for a live token; undefined stands for one that is not live or unknown. */
  readonly introspectAnswer: (token: AccessToken | RefreshToken | undefined) => WireAnswer;
  /** The answer of the token info endpoint, which no RFC defines. `at` is the time of the answer. */
  readonly tokenInfoAnswer?: (token: AccessToken, at: Instant) => WireAnswer;
  readonly bearerRefusal: (refusal: Refusal) => WireAnswer;
  /** All headers of an answer, with those that the provider's framework puts on whatever it answers; left out: it puts none there. */
  readonly everyAnswer?: (answer: AnswerSeen) => Readonly<Record<string, string>>;
  /** Parameters of the redirect that carries an error; `state` is added where the policy echoes it. */
  readonly redirectRefusal: (refusal: Refusal) => Readonly<Record<string, string>>;
  readonly refusedHeading: string;
  readonly loginFields: { readonly username: string; readonly password: string; readonly antiForgery: string };
  readonly consentForm: ConsentForm;
}
