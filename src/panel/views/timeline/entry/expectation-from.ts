import { literal } from '../../../writing/literal.js';
import { ownPath } from '../../../journal/own-path.js';
import { defined } from '../../../parts/defined.js';
import type { EntryView, Expectation } from '../../../../client/index.js';

/** How often what happened here is expected. */
export type HowOften = 'at-least-once' | 'once' | 'never';

const counts: Readonly<Record<HowOften, Expectation['count']>> = { 'at-least-once': undefined, once: 1, never: 0 };

/** An expectation that counts requests as that of an entry, with the same outcome. */
export function expectationFrom(entry: EntryView, howOften: HowOften = 'at-least-once'): Expectation {
  const { provider, endpoint, grantType, clientId, request, status, reason, fault } = entry;
  const path = ownPath(entry);
  // other endpoints have one path only
  const isByPath = endpoint === 'resource' || endpoint === 'other';
  const count = counts[howOften];
  return {
    match: {
      ...text('provider', provider),
      endpoint: endpoint as NonNullable<NonNullable<Expectation['match']>['endpoint']>,
      ...text('grantType', grantType),
      ...text('clientId', clientId),
      ...(isByPath ? { method: request.method, ...(path.startsWith('/') ? text('path', path) : {}) } : {}),
      ...defined({ status }),
      ...text('reason', reason),
      ...text('fault', fault?.kind),
    },
    ...defined({ count }),
  };
}

/** A member of a match. A fingerprint or a long text is left out: no request has it. */
const text = (name: string, value: string | undefined): Record<string, string> =>
  value === undefined || value === '' || value.length > 1000 || value.includes('fp:') ? {} : { [name]: value };

/** The same as code of a test, with the library. */
export const expectationCode = (expectation: Expectation): string => `await world.expect(${literal(expectation)});`;
