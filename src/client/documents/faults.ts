// Written by `npm run docs` from the schemas of the documents; a test asserts that it is up to date.

import type { GrantType } from '../../core/model.js';
import type { ProviderName } from '../../providers/index.js';
import type { OpenName } from '../../admin/schemas/open-name.js';

/**
 * An error of your choice in the provider's own format: as JSON at endpoints that the client calls, as the
 * redirect back to the client on pages.
 */
export interface OauthErrorFault {
  /**
   * An error of your choice in the provider's own format: as JSON at endpoints that the client calls, as the
   * redirect back to the client on pages.
   */
  readonly kind: 'oauth-error';
  /** The value of `error`, such as invalid_grant. */
  readonly error: string;
  /** Left out: the provider's own text for this error. */
  readonly description?: string;
  /** True: the request has its effect first, so the token is issued or rotated; left out: the request has no effect. */
  readonly after?: boolean;
  /** The time until the client sees the fault, at most 10m: 500ms, 2s; left out: at once. */
  readonly delay?: string;
}

/** Any status, headers and body, as from a proxy in front of the provider: an HTML page, an empty 200. */
export interface StatusFault {
  /** Any status, headers and body, as from a proxy in front of the provider: an HTML page, an empty 200. */
  readonly kind: 'status';
  /** Status of the answer. */
  readonly status: number;
  /** Headers of the answer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Text as it is; anything else as JSON; left out: an empty body. */
  readonly body?: unknown;
  /** True: the request has its effect first, so the token is issued or rotated; left out: the request has no effect. */
  readonly after?: boolean;
  /** The time until the client sees the fault, at most 10m: 500ms, 2s; left out: at once. */
  readonly delay?: string;
}

/** 429 with Retry-After in the provider's format. On pages, the redirect back with `temporarily_unavailable`. */
export interface RateLimitFault {
  /** 429 with Retry-After in the provider's format. On pages, the redirect back with `temporarily_unavailable`. */
  readonly kind: 'rate-limit';
  /** The seconds of Retry-After; left out: 1. */
  readonly retryAfter?: number;
  /** True: the request has its effect first, so the token is issued or rotated; left out: the request has no effect. */
  readonly after?: boolean;
  /** The time until the client sees the fault, at most 10m: 500ms, 2s; left out: at once. */
  readonly delay?: string;
}

/** The right answer, late. */
export interface DelayFault {
  /** The right answer, late. */
  readonly kind: 'delay';
  /** A duration of at most 10m: 500ms, 2s, 1m30s. */
  readonly for?: string;
  /** A random duration between these two, uniformly distributed. */
  readonly uniform?: readonly [string, string];
  /** A random duration, usually near the median and sometimes much longer, as in networks. */
  readonly logNormal?: {
    /** A duration of at most 10m: 500ms, 2s, 1m30s. */
    readonly median: string;
    /** How much the waits differ; 0: not at all. */
    readonly sigma: number;
    /** A duration of at most 10m: 500ms, 2s, 1m30s. */
    readonly max: string;
  };
}

/** No answer, until the client gives up or the server stops. */
export interface HangFault {
  /** No answer, until the client gives up or the server stops. */
  readonly kind: 'hang';
  /** True: the request has its effect first, so the token is issued or rotated; left out: the request has no effect. */
  readonly after?: boolean;
}

/** The connection reset before the request has an effect. */
export interface CutFault {
  /** The connection reset before the request has an effect. */
  readonly kind: 'cut';
  /** The time until the client sees the fault, at most 10m: 500ms, 2s; left out: at once. */
  readonly delay?: string;
}

/** The connection reset after the effect: the token was rotated, but the client does not receive it. */
export interface DropFault {
  /** The connection reset after the effect: the token was rotated, but the client does not receive it. */
  readonly kind: 'drop';
  /** The time until the client sees the fault, at most 10m: 500ms, 2s; left out: at once. */
  readonly delay?: string;
}

/** The connection closed in order (FIN) without an answer, as by a server or a proxy that restarts. */
export interface CloseFault {
  /** The connection closed in order (FIN) without an answer, as by a server or a proxy that restarts. */
  readonly kind: 'close';
  /** True: the request has its effect first, so the token is issued or rotated; left out: the request has no effect. */
  readonly after?: boolean;
  /** The time until the client sees the fault, at most 10m: 500ms, 2s; left out: at once. */
  readonly delay?: string;
}

/** Random bytes instead of an HTTP answer, then the end of the connection, as from another protocol on the port. */
export interface RandomBytesFault {
  /** Random bytes instead of an HTTP answer, then the end of the connection, as from another protocol on the port. */
  readonly kind: 'random-bytes';
  /** The number of bytes; left out: 256. */
  readonly length?: number;
  /** True: the request has its effect first, so the token is issued or rotated; left out: the request has no effect. */
  readonly after?: boolean;
  /** The time until the client sees the fault, at most 10m: 500ms, 2s; left out: at once. */
  readonly delay?: string;
}

/**
 * The beginning of the body, shorter than its Content-Length, then the end of the connection. An answer without a
 * body arrives complete; redirects of some providers have one.
 */
export interface TruncateFault {
  /**
   * The beginning of the body, shorter than its Content-Length, then the end of the connection. An answer without a
   * body arrives complete; redirects of some providers have one.
   */
  readonly kind: 'truncate';
  /** How many characters arrive; left out: half of them. */
  readonly at?: number;
}

/**
 * Half of the body as a chunk, then a chunk whose size is not a number (RFC 9112 §7.1), then the end of the
 * connection. An answer without a body arrives complete; redirects of some providers have one.
 */
export interface BadChunkFault {
  /**
   * Half of the body as a chunk, then a chunk whose size is not a number (RFC 9112 §7.1), then the end of the
   * connection. An answer without a body arrives complete; redirects of some providers have one.
   */
  readonly kind: 'bad-chunk';
}

/** A body of the right length and content type that is not JSON. */
export interface GarbleFault {
  /** A body of the right length and content type that is not JSON. */
  readonly kind: 'garble';
}

/**
 * The right body compressed with gzip, whatever the client accepts, as from a proxy. An answer without a body is
 * not changed; redirects of some providers have one.
 */
export interface GzipFault {
  /**
   * The right body compressed with gzip, whatever the client accepts, as from a proxy. An answer without a body is
   * not changed; redirects of some providers have one.
   */
  readonly kind: 'gzip';
  /** True: the compressed data cannot be read; left out: it is valid. */
  readonly broken?: boolean;
}

/** The right answer, its body one byte at a time. An answer without a body, such as a redirect, arrives at once. */
export interface DripFault {
  /** The right answer, its body one byte at a time. An answer without a body, such as a redirect, arrives at once. */
  readonly kind: 'drip';
  /** The time between two bytes, at most 10m: 50ms, 2s; left out: 100ms. */
  readonly every?: string;
}

/** The right answer with members of its JSON set, retyped or removed, or with other headers. */
export interface PatchFault {
  /** The right answer with members of its JSON set, retyped or removed, or with other headers. */
  readonly kind: 'patch';
  /** Members to add or to replace. */
  readonly set?: Readonly<Record<string, unknown>>;
  /** Members to leave out. */
  readonly remove?: readonly string[];
  /** Headers to set, or with null to leave out. */
  readonly headers?: Readonly<Record<string, string | null>>;
}

/** A redirect to another URL. */
export interface RedirectFault {
  /** A redirect to another URL. */
  readonly kind: 'redirect';
  /** An absolute URL, or one of the provider's own paths. */
  readonly to: string;
  /** Left out: 307. */
  readonly status?: 301 | 302 | 303 | 307 | 308;
  /** True: the request has its effect first, so the token is issued or rotated; left out: the request has no effect. */
  readonly after?: boolean;
  /** The time until the client sees the fault, at most 10m: 500ms, 2s; left out: at once. */
  readonly delay?: string;
}

/**
 * The previous answer of this provider and endpoint again, as from a cache. Without a previous answer, the next
 * rule is tried.
 */
export interface ReplayFault {
  /**
   * The previous answer of this provider and endpoint again, as from a cache. Without a previous answer, the next
   * rule is tried.
   */
  readonly kind: 'replay';
  /** True: the request has its effect first, so the token is issued or rotated; left out: the request has no effect. */
  readonly after?: boolean;
  /** The time until the client sees the fault, at most 10m: 500ms, 2s; left out: at once. */
  readonly delay?: string;
}

/**
 * The right answer, as soon as enough requests wait or the rule is released. All of them then continue at once, in
 * order of arrival.
 */
export interface HoldFault {
  /**
   * The right answer, as soon as enough requests wait or the rule is released. All of them then continue at once, in
   * order of arrival.
   */
  readonly kind: 'hold';
  /** Number of waiting requests at which all continue; left out: they wait until the rule is released. */
  readonly until?: number;
  /** The longest wait of the first request, at most 10m: 500ms, 2s; left out: no limit. */
  readonly atMost?: string;
}

/** The redirect back with changed parameters. In `match`, `endpoint: authorize` means the redirect of any page. */
export interface TamperFault {
  /** The redirect back with changed parameters. In `match`, `endpoint: authorize` means the redirect of any page. */
  readonly kind: 'tamper';
  /** What happens to the state. */
  readonly state?: 'altered' | 'missing' | 'doubled';
  /** Foreign: a valid code of another user's authorization. */
  readonly code?: 'missing' | 'doubled' | 'foreign';
  /** An error in place of the code, without a description. */
  readonly error?: string;
  /** An `iss` of another issuer (RFC 9207). */
  readonly iss?: 'wrong';
  /** Unknown parameters. */
  readonly extra?: Readonly<Record<string, string>>;
}

/** The right answer: one step of a sequence. */
export interface PassFault {
  /** The right answer: one step of a sequence. */
  readonly kind: 'pass';
}

/** Conditions on a request. All that are given must hold. */
export interface FaultMatch {
  /** Name of the provider. */
  readonly provider?: OpenName<ProviderName>;
  /** The endpoint that is asked. */
  readonly endpoint?:
    'authorize' | 'login' | 'consent' | 'token' | 'revoke' | 'introspect' | 'userinfo' | 'resource' | 'metadata';
  /** The grant type of a token request. */
  readonly grantType?: GrantType;
  /** Id of the client. */
  readonly clientId?: string;
  /** Id of the user. */
  readonly userId?: string;
  /** The provider's own path; * matches any text: /v1/members/*. */
  readonly path?: string;
  /** Method of the request. */
  readonly method?: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE' | 'HEAD' | 'OPTIONS';
  /** Parameters of the query, by name. */
  readonly query?: Readonly<Record<string, string>>;
  /** Parameters of the body, by name. */
  readonly form?: Readonly<Record<string, string>>;
  /** Headers, by name in any letter case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** Which requests a fault applies to, how often, and the fault. */
export interface FaultRule {
  /** At most 64 letters, digits, dots, hyphens and underscores; left out: the server chooses one. */
  readonly id?: string;
  /** The requests that it applies to. */
  readonly match: FaultMatch;
  /** Number of matching requests that pass before the fault applies. */
  readonly skip?: number;
  /** Number of requests that the fault applies to; left out: no limit, or a list once. */
  readonly times?: number;
  /** Probability that the fault applies to a matching request; drawn from the world's seed. */
  readonly probability?: number;
  /**
   * A duration of the world's clock: 30s, 5m, 1h. The rule ends this long after the first request that the fault
   * applies to.
   */
  readonly for?: string;
  /** The rule ends when a request that matches this arrives: { endpoint: token }. */
  readonly until?: FaultMatch;
  /** One fault, or a list of faults that apply in turn, one per request. */
  readonly fault: Fault | FaultSequence;
}

/** A fault of any kind, with its parameters. */
export type Fault =
  | OauthErrorFault
  | StatusFault
  | RateLimitFault
  | DelayFault
  | HangFault
  | CutFault
  | DropFault
  | CloseFault
  | RandomBytesFault
  | TruncateFault
  | BadChunkFault
  | GarbleFault
  | GzipFault
  | DripFault
  | PatchFault
  | RedirectFault
  | ReplayFault
  | HoldFault
  | TamperFault
  | PassFault;

/** Faults that apply in turn, one per request. The member is never there: it tells a list from a fault. */
export type FaultSequence = readonly Fault[] & { readonly kind?: never };
