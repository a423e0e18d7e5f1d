import { SnapshotSchema } from '../world/snapshot/schema.js';
import { checkSnapshot } from '../world/snapshot/check.js';
import { restoreSnapshot } from '../world/snapshot/restore.js';
import { takeSnapshot } from '../world/snapshot/take.js';
import { invalid } from './admin-error.js';
import { defineRoute } from './route.js';
import { WorldView } from './schemas/worlds.js';
import { worldView } from './world-view.js';

const tag = 'snapshot';

/** Calls that write a world as one JSON document, and restore it. */
export const snapshotRoutes = [
  defineRoute({
    method: 'GET',
    path: '/snapshot',
    tag,
    summary:
      'Write this world as one document: clients, users, codes, tokens, clock, policies, faults, ' +
      'and positions of the random streams',
    answers: { 200: SnapshotSchema },
    handle: ({ world }) => takeSnapshot(world),
  }),
  defineRoute({
    method: 'PUT',
    path: '/snapshot',
    tag,
    summary: 'Replace this world by the state in a snapshot',
    body: SnapshotSchema,
    bodyLimitBytes: 64 * 1024 * 1024,
    answers: { 200: WorldView },
    async handle({ body, world, worlds, library, serverUrl }) {
      const mistakes = checkSnapshot(body, await library.knownNames());
      if (mistakes.length > 0) throw invalid(mistakes);
      return worldView(restoreSnapshot(worlds, world.id, body), worlds, serverUrl);
    },
  }),
];
