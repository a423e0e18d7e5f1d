import { SnapshotSchema, snapshotLimitBytes } from '../world/snapshot/schema.js';
import { checkSnapshot } from '../world/snapshot/check.js';
import { restoreSnapshot } from '../world/snapshot/restore.js';
import { isTooLarge, takeSnapshot } from '../world/snapshot/take.js';
import { conflict, invalid } from './admin-error.js';
import { RawAnswer, defineRoute } from './route.js';
import { WorldView } from './schemas/worlds.js';
import { worldView } from './world-view.js';

const tag = 'snapshot';

const tooLarge = (): Error =>
  conflict(
    'World too large for a snapshot',
    `The snapshot would be larger than ${snapshotLimitBytes} bytes, which PUT /__admin/snapshot would refuse. ` +
      'Reset the world, or make fewer tokens.',
  );

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
    handle({ world }) {
      if (isTooLarge(world)) throw tooLarge();
      const text = JSON.stringify(takeSnapshot(world));
      if (Buffer.byteLength(text) > snapshotLimitBytes) throw tooLarge();
      return new RawAnswer('application/json; charset=utf-8', text);
    },
  }),
  defineRoute({
    method: 'PUT',
    path: '/snapshot',
    tag,
    summary: 'Replace this world by the state in a snapshot',
    body: SnapshotSchema,
    bodyLimitBytes: snapshotLimitBytes,
    answers: { 200: WorldView },
    async handle(context) {
      const { body, world, worlds, library } = context;
      const mistakes = await checkSnapshot(body, await library.knownNames());
      if (mistakes.length > 0) throw invalid(mistakes);
      return worldView(restoreSnapshot(worlds, world.id, body), context);
    },
  }),
];
