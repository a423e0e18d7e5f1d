import { version } from '../package.js';
import { writeInstant } from './instant.js';
import { defineRoute } from './route.js';
import { HealthView } from './schemas/server.js';
import type { Worlds } from '../world/worlds.js';
import type { Health } from './schemas/server.js';

const healthView = ({ size, startedAt }: Worlds): Health => ({
  status: 'ok',
  version,
  worlds: size,
  startedAt: writeInstant(startedAt),
});

/** Calls about the server itself. */
export const healthRoutes = [
  defineRoute({
    method: 'GET',
    path: '/health',
    scope: 'server',
    tag: 'server',
    summary: 'Tell whether the server is ready',
    answers: { 200: HealthView },
    handle: ({ worlds }) => healthView(worlds),
  }),
];
