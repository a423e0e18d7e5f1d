import { grantTypes } from '../../core/model.js';
import type { FastifyRequest } from 'fastify';
import type { GrantWords } from '../../core/grants/grant.js';
import type { GrantType } from '../../core/model.js';
import type { Provider } from '../../providers/provider.js';
import type { Parameters } from './parameters.js';

/** The grant types that a path takes. A provider can have paths for refresh tokens alone. */
export type GrantsTaken = 'all' | 'refresh' | 'all-but-refresh';

/** The grant type of a token request, and the words in which it may be sent. */
export interface ReadGrantType {
  /** By its name in RFC 6749. One that no word stands for is as it was sent. Undefined: it was not sent. */
  readonly grantType: string | undefined;
  readonly grantWords: GrantWords | undefined;
}

const words = new WeakMap<Provider, Map<GrantsTaken, ReadonlyMap<string, GrantType>>>();

/**
 * Reads the grant type of a token request. At a path for refresh tokens alone, a missing one means a refresh;
 * elsewhere it has the default of the provider file, if there is one.
 */
export function readGrantType(
  { provider, realm, routeOptions }: FastifyRequest,
  parameters: Parameters,
): ReadGrantType {
  const { grantsTaken = 'all' } = routeOptions.config;
  if (grantsTaken !== 'refresh') {
    parameters.setDefault('grant_type', realm.parameters.token.grant_type?.default);
  }
  const sent = parameters.get('grant_type');
  if (grantsTaken === 'all' && provider.grantWords === undefined) return { grantType: sent, grantWords: undefined };
  const types = wordsAt(provider, grantsTaken);
  const word = sent ?? (grantsTaken === 'refresh' ? [...types.keys()][0] : undefined);
  return { grantType: types.get(word ?? '') ?? word, grantWords: { sent: word, types } };
}

/** The words that count at a path. They are made once for each provider. */
function wordsAt(provider: Provider, taken: GrantsTaken): ReadonlyMap<string, GrantType> {
  const known = words.get(provider) ?? new Map<GrantsTaken, ReadonlyMap<string, GrantType>>();
  words.set(provider, known);
  const all = provider.grantWords ?? new Map(grantTypes.map((type) => [type as string, type]));
  const found =
    known.get(taken) ??
    new Map([...all].filter(([, type]) => taken === 'all' || (type === 'refresh_token') === (taken === 'refresh')));
  known.set(taken, found);
  return found;
}
