// Written by `npm run docs` from the schemas of the documents; a test asserts that it is up to date.

import type { GrantType } from '../../core/model.js';
import type { RuleId } from '../../findings/rules/index.js';
import type { ProviderName } from '../../providers/index.js';
import type { OpenName } from '../../admin/schemas/open-name.js';
import type { FaultRule } from './faults.js';
import type { Expectation } from './match.js';
import type { PolicyDocument } from './policy.js';
import type { ProviderDocument } from './provider.js';
import type { UserDocument } from './provider-parts.js';

/** A registered client. */
export interface ClientDocument {
  /** Visible ASCII characters: the client_id (RFC 6749, appendix A.1). */
  readonly id: string;
  /** Visible ASCII characters: the client_secret; without one the client is public. */
  readonly secret?: string;
  /** The name on the consent page. */
  readonly name?: string;
  /** The redirect URIs that the client may use. */
  readonly redirectUris?: readonly string[];
  /** Default: all grant types of the provider. */
  readonly grants?: readonly GrantType[];
  /** Default: all scopes of the provider. */
  readonly scopes?: readonly string[];
  /** The public key of the client for private-key-jwt: RSA or EC, as PEM or as a JSON Web Key. */
  readonly publicKey?: string | Readonly<Record<string, unknown>>;
  /** Default: true if the client has a secret or a key. */
  readonly confidential?: boolean;
}

/** A stub for a path of a provider's API. */
export interface ResourceDocument {
  /** Method of the request. */
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /**
   * A path that begins with /: the whole path, or the part after the provider's API base; a segment :name matches
   * any segment.
   */
  readonly path: string;
  /** Status of the answer. Default: 200. */
  readonly status?: number;
  /** Any header except those that depend on the body: content-length, transfer-encoding, trailer. */
  readonly headers?: Readonly<Record<string, string>>;
  /** Text is sent unchanged, other values as JSON; a status of 204, 205 or 304 has no body. */
  readonly body?: unknown;
  /** Scopes that the access token needs. */
  readonly scopes?: readonly string[];
}

/** The virtual clock of a world. */
export interface ClockDocument {
  /** A point in time: 2026-01-01T00:00:00Z, in the years 0 to 9999 in UTC. */
  readonly now?: string;
  /** Whether virtual time is stopped. */
  readonly frozen?: boolean;
  /** Virtual seconds for each real second. */
  readonly rate?: number;
  /** Seconds by which the clock that checks expiry is ahead of the clock that issues. */
  readonly skewSeconds?: number;
  /** Whether the Date header has real or virtual time. */
  readonly dateHeader?: 'real' | 'virtual';
}

/** Limits of a journal. */
export interface JournalDocument {
  /** Maximum number of entries. The oldest are dropped. */
  readonly limit?: number;
  /** Whether entries show secrets as fingerprints or as they are. */
  readonly secrets?: 'fingerprint' | 'plain';
}

/** A finding that is accepted. */
export interface Suppression {
  /** The id of a finding. */
  readonly rule: OpenName<RuleId>;
  /** Why it is accepted; the report shows it. */
  readonly reason: string;
  /** Default: any provider. */
  readonly provider?: OpenName<ProviderName>;
  /** Default: any client. */
  readonly clientId?: string;
}

/** One provider of a scenario. */
export interface RealmDocument {
  /** How it differs from the real service. */
  readonly policy?: PolicyDocument;
  /** The registered clients. */
  readonly clients?: readonly ClientDocument[];
  /** The users who can log in. */
  readonly users?: readonly UserDocument[];
  /** Stubs for paths of its API. */
  readonly resources?: readonly ResourceDocument[];
}

/** A scenario: the content of a world, and its faults. */
export interface Scenario {
  /** The JSON Schema for editors. It is ignored. */
  readonly $schema?: string;
  /** What the scenario is for. */
  readonly description?: string;
  /** Name of the scenario that this one changes. */
  readonly extends?: string;
  /** A whole number, or text: with the same seed, the same calls give the same codes, tokens and ids. */
  readonly seed?: number | string;
  /** The virtual clock. */
  readonly clock?: ClockDocument;
  /** Limits of the journal. */
  readonly journal?: JournalDocument;
  /** Providers of its own, by name: each as in a provider file. */
  readonly definitions?: Readonly<Record<string, ProviderDocument>>;
  /** The content of each provider, by its name. */
  readonly providers?: Readonly<Partial<Record<ProviderName, RealmDocument>> & Record<string, RealmDocument>>;
  /** The faults, in the order in which they are tried. */
  readonly faults?: readonly FaultRule[];
  /** Expectations on the client; the report of findings shows the result. */
  readonly expect?: readonly Expectation[];
  /** Accepted findings. */
  readonly suppress?: readonly Suppression[];
}
