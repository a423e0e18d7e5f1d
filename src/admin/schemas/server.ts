import { Type } from 'typebox';
import { described } from '../../input/described.js';
import type { Static } from 'typebox';

/** The server is ready. */
export const HealthView = Type.Object({
  status: described('The server is ready', Type.Literal('ok')),
  version: Type.String({ description: 'Version of the package' }),
  worlds: Type.Integer({ description: 'Number of worlds' }),
});
export type Health = Static<typeof HealthView>;
