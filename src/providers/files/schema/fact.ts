import { Type } from 'typebox';
import { described } from '../../../input/described.js';

const confidencePattern =
  '^(?:SEEN\\(d\\)(?:, MEASURED)?|SEEN\\(d, old\\)|(?:SEEN\\(d\\), )?SEEN\\(c×[^)]{1,10}\\)|' +
  'MEASURED|INFERRED|GUESS)$';

/** One behaviour on the wire, with its source. */
export const FactSchema = Type.Object(
  {
    id: Type.Optional(
      described('A stable id. Default: the name of the provider and a number', Type.String({ maxLength: 200 })),
    ),
    behaviour: Type.String({ minLength: 1, maxLength: 2000, description: 'What it does' }),
    field: Type.Optional(described('The policy field that switches it', Type.String({ maxLength: 100 }))),
    source: Type.String({ minLength: 1, maxLength: 1000, description: 'Where that is written' }),
    confidence: Type.String({
      pattern: confidencePattern,
      description:
        'SEEN(d): in its documentation. SEEN(c×n): n independent clients do or expect it. MEASURED. INFERRED. GUESS: ' +
        'assumed',
    }),
  },
  { additionalProperties: false },
);
