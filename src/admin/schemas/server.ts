import { Type } from 'typebox';
import type { Static } from 'typebox';

/** The server is ready. */
export const HealthView = Type.Object({
  status: Type.Literal('ok'),
  version: Type.String({ description: 'Version of the package' }),
  worlds: Type.Integer({ description: 'Number of worlds' }),
});
export type Health = Static<typeof HealthView>;
