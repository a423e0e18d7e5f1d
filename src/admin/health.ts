import { createRequire } from 'node:module';
import { Type } from 'typebox';
import { defineRoute } from './route.js';

const { version } = createRequire(import.meta.url)('../../package.json') as { version: string };

/** Whether requests are taken. */
export const healthRoutes = [
  defineRoute({
    method: 'GET',
    path: '/health',
    scope: 'server',
    tag: 'server',
    summary: 'Whether the server is ready',
    answers: { 200: Type.Object({ status: Type.Literal('ok'), version: Type.String(), worlds: Type.Integer() }) },
    handle: ({ worlds }) => ({ status: 'ok', version, worlds: worlds.size }),
  }),
];
