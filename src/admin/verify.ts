import { unknownGrantType } from '../world/journal/unknown-grant-type.js';
import { inSlices } from '../world/slices.js';
import { ExpectationSchema } from '../world/journal/expectation.js';
import { redactExpectation, verify } from '../world/journal/verify.js';
import { expectationMistakes } from '../world/scenario/check-expectations.js';
import { invalid } from './admin-error.js';
import { defineRoute } from './route.js';
import { VerdictView } from './schemas/verify.js';
import type { Expectation } from '../world/journal/expectation.js';
import type { World } from '../world/world.js';

function checkExpectation(expectation: Expectation, { journal, providers }: World): void {
  const isSent = (sought: string): boolean => journal.entries().some(({ grantType }) => grantType === sought);
  const mistakes = expectationMistakes([expectation], providers, isSent).map(({ path, message }) => ({
    path: path.replace('expect.0.', ''),
    message,
  }));
  if (mistakes.length > 0) throw invalid(mistakes);
}

/** What is probably misspelt in an expectation that failed. */
const hintsAbout = ({ match, order = [] }: Expectation): string[] => [
  ...new Set([match, ...order].flatMap((each) => unknownGrantType(each?.grantType) ?? [])),
];

/** The call that compares the journal with an expectation. The report of findings shows the result too. */
export const verifyRoutes = [
  defineRoute({
    method: 'POST',
    path: '/verify',
    tag: 'journal',
    summary: 'Compare the journal with an expectation. A failure shows the nearest entries with their differences',
    body: ExpectationSchema,
    answers: { 200: VerdictView },
    async handle({ world, body }) {
      checkExpectation(body, world);
      const expectation = redactExpectation(body, world);
      const verdict = await inSlices(verify(expectation, world));
      world.verified.record(expectation, verdict);
      return { ...verdict, hints: verdict.passed ? [] : hintsAbout(body) };
    },
  }),
];
