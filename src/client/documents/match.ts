// Written by `npm run docs` from the schemas of the documents; a test asserts that it is up to date.

import type { Reason } from '../../core/errors.js';
import type { GrantType } from '../../core/model.js';
import type { ProviderName } from '../../providers/index.js';
import type { Endpoint } from '../../world/journal/entry.js';
import type { OpenName } from '../../admin/schemas/open-name.js';
import type { Fault } from './faults.js';

/** Conditions on a journal entry. All that are given must hold. */
export interface Match {
  /** Name of the provider. */
  readonly provider?: OpenName<ProviderName>;
  /** What was asked for: an endpoint of the protocol, or other. */
  readonly endpoint?: Endpoint;
  /** The grant_type as the client sent it. It may be unknown. */
  readonly grantType?: OpenName<GrantType>;
  /** Id of the client. */
  readonly clientId?: string;
  /** Id of the user. */
  readonly userId?: string;
  /** In upper case. */
  readonly method?: string;
  /**
   * A path that begins with / or *, without the prefixes /w/{world} and /{provider}; * matches any characters:
   * /v1/members/*.
   */
  readonly path?: string;
  /** Status of the answer. */
  readonly status?: number;
  /** Why the request was refused, such as code.expired. */
  readonly reason?: OpenName<Reason>;
  /** The kind of the fault that applied. */
  readonly fault?: OpenName<Fault['kind']>;
  /** Parameters of the query, by name. */
  readonly query?: Readonly<Record<string, string>>;
  /** Parameters of the body, by name. */
  readonly form?: Readonly<Record<string, string>>;
  /** Headers, by name in any letter case. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** How many entries match, or in which order entries occur. */
export interface Expectation {
  /** The entries that are counted. */
  readonly match?: Match;
  /** A whole number, or { atLeast, atMost }; default: at least 1. */
  readonly count?:
    | number
    | {
        /** The smallest number that passes. Default: 0. */
        readonly atLeast?: number;
        /** The greatest number that passes. Default: no limit. */
        readonly atMost?: number;
      };
  /** Entries that must occur in this order. Other entries may occur between them. */
  readonly order?: readonly Match[];
}
