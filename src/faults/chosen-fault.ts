import type { Behaviour, FaultEndpoint, Kind } from './fault.js';
import type { Queue } from './queue.js';

/** Facts about a request that rules compare. Facts that could not be read are undefined. */
export interface RequestFacts {
  readonly provider: string;
  readonly endpoint: FaultEndpoint;
  readonly method: string;
  /** The provider's own path. */
  readonly path: string;
  /** Whether the provider ignores the letter case of paths. */
  readonly ignoresLetterCase?: boolean;
  readonly grantType?: string | undefined;
  readonly clientId?: string | undefined;
  readonly userId?: string | undefined;
  /** Parameters of the query by name; of a repeated parameter, a list. */
  readonly query?: unknown;
  /** The body as the journal keeps it. */
  readonly form?: unknown;
  /** Headers by name in lower case. */
  readonly headers?: unknown;
  /** Whether this provider and endpoint sent an answer before. */
  readonly answeredBefore: () => boolean;
}
/** A rule that applies to one request. */
export interface ChosenFault {
  readonly id: string;
  readonly kind: Kind;
  /** Whether the request has its effect. */
  readonly happens: boolean;
  readonly behaviour: Behaviour;
  readonly queue: Queue;
}
