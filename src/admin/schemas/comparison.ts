import { Type } from 'typebox';
import type { Static } from 'typebox';

const side = (description: string) =>
  Type.Union(
    [
      Type.Object({
        values: Type.Array(Type.String(), { description: 'Values as they are sent. Several: one of them' }),
      }),
      Type.Object({ words: Type.String({ description: 'Words about what is sent' }) }),
    ],
    { description },
  );

/** What was expected of a refused request, beside what came. */
export const ComparisonSchema = Type.Object({
  what: Type.String({ description: 'What is compared, such as redirect_uri' }),
  expected: side('What was expected'),
  received: side('What came'),
});
export type ComparisonView = Static<typeof ComparisonSchema>;
