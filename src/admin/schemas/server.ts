import { Type } from 'typebox';
import { described } from '../../input/described.js';
import type { Static } from 'typebox';

/** The server is ready. */
export const HealthView = Type.Object({
  status: described('The server is ready', Type.Literal('ok')),
  version: Type.String({ description: 'Version of the package' }),
  worlds: Type.Integer({ description: 'Number of worlds' }),
  startedAt: Type.String({ format: 'date-time', description: 'Real time at which the server was started' }),
});
export type Health = Static<typeof HealthView>;
