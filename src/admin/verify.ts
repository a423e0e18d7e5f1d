import { ExpectationSchema } from '../world/journal/expectation.js';
import { redactMatch } from '../world/journal/redact-match.js';
import { verify } from '../world/journal/verify.js';
import { expectationMistakes } from '../world/scenario/check-expectations.js';
import { invalid } from './admin-error.js';
import { entriesOf } from './journal-filter.js';
import { defineRoute } from './route.js';
import { VerdictView } from './schemas/verify.js';
import type { Expectation } from '../world/journal/expectation.js';
import type { World } from '../world/world.js';
import type { Worlds } from '../world/worlds.js';

function checkExpectation(expectation: Expectation, { providers }: Worlds): void {
  const mistakes = expectationMistakes([expectation], providers).map(({ path, message }) => ({
    path: path.replace('expect.0.', ''),
    message,
  }));
  if (mistakes.length > 0) throw invalid(mistakes);
}

/** Redacts the secrets of an expectation as the journal does, so that the two can be compared. */
function hidden({ match, order, ...rest }: Expectation, world: World): Expectation {
  return {
    ...rest,
    ...(match && { match: redactMatch(match, world) }),
    ...(order && { order: order.map((step) => redactMatch(step, world)) }),
  };
}

/** The call that compares the journal with an expectation. The report of findings shows the result too. */
export const verifyRoutes = [
  defineRoute({
    method: 'POST',
    path: '/verify',
    tag: 'journal',
    summary: 'Compare the journal with an expectation. A failure shows the nearest entries with their differences',
    body: ExpectationSchema,
    answers: { 200: VerdictView },
    handle({ world, worlds, body }) {
      checkExpectation(body, worlds);
      const expectation = hidden(body, world);
      const verdict = verify(expectation, entriesOf(world), world.journal);
      world.verified.record(expectation, verdict);
      return verdict;
    },
  }),
];
