import { SnapshotSchema } from '../world/snapshot/schema.js';
import { checkSnapshot } from '../world/snapshot/check.js';
import { restoreSnapshot } from '../world/snapshot/restore.js';
import { takeSnapshot } from '../world/snapshot/take.js';
import { defineRoute, invalid } from './route.js';
import { WorldView, worldView } from './views.js';

const tag = 'snapshot';

/** A world as one JSON document, and back. */
export const snapshotRoutes = [
  defineRoute({
    method: 'GET',
    path: '/snapshot',
    tag,
    summary: 'Write this world down: clients, users, codes, tokens, clock, policies, and how far its chance was drawn',
    answers: { 200: SnapshotSchema },
    handle: ({ world }) => takeSnapshot(world),
  }),
  defineRoute({
    method: 'PUT',
    path: '/snapshot',
    tag,
    summary: 'Make this world what a snapshot says',
    body: SnapshotSchema,
    bodyLimitBytes: 64 * 1024 * 1024,
    answers: { 200: WorldView },
    handle({ body, world, worlds, serverUrl }) {
      const mistakes = checkSnapshot(body, worlds.providers);
      if (mistakes.length > 0) throw invalid(mistakes);
      return worldView(restoreSnapshot(worlds, world.id, body), worlds, serverUrl);
    },
  }),
];
