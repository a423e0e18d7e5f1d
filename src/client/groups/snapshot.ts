import { checkObject } from '../arguments.js';
import { namedProviders } from '../named-providers.js';
import type { Snapshot } from '../../world/snapshot/schema.js';
import type { WorldInfo } from '../documents.js';
import type { AdminCall } from '../http.js';

/** The calls about the state of the world as one document. */
export const snapshotOf = (call: AdminCall) => ({
  /** Writes the state of the world. */
  take: (): Promise<Snapshot> => call('GET', '/snapshot'),
  /** Replaces the world by the state in a snapshot. */
  restore: async (snapshot: Snapshot): Promise<WorldInfo> => {
    checkObject('snapshot.restore', 'snapshot', snapshot);
    return namedProviders(await call('PUT', '/snapshot', snapshot));
  },
});
