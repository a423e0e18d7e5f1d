import { Type } from 'typebox';
import { version } from '../package.js';
import { defineRoute } from './route.js';

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
