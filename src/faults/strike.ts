import type { Behaviour, FaultEndpoint, Kind } from './fault.js';
import type { Line } from './queue.js';

/** What a request is about. The provider and the endpoint are known; the rest as far as it could be read. */
export interface RequestFacts {
  readonly provider: string;
  readonly endpoint: FaultEndpoint;
  readonly method: string;
  /** The provider's own path. */
  readonly path: string;
  /** Whether the provider takes its paths in capitals as well. */
  readonly ignoresLetterCase?: boolean;
  readonly grantType?: string | undefined;
  readonly clientId?: string | undefined;
  readonly userId?: string | undefined;
  /** Whether this provider and endpoint answered before. */
  readonly answeredBefore: () => boolean;
}
/** A rule that struck: what to do with this one request. */
export interface Strike {
  readonly id: string;
  readonly kind: Kind;
  readonly behaviour: Behaviour;
  readonly line: Line;
}
