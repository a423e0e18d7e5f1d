import { Type } from 'typebox';
import type { Static } from 'typebox';

/** A finding that is accepted. Reports list it separately, with the reason. */
export const SuppressionSchema = Type.Object(
  {
    rule: Type.String({ minLength: 1, maxLength: 100, description: 'The id of a finding', 'x-names': 'finding' }),
    reason: Type.String({ minLength: 1, maxLength: 1000, description: 'Why it is accepted; the report shows it' }),
    provider: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Default: any provider' })),
    clientId: Type.Optional(Type.String({ minLength: 1, maxLength: 200, description: 'Default: any client' })),
  },
  { additionalProperties: false },
);

export type Suppression = Static<typeof SuppressionSchema>;
