import { World } from '../client/index.js';
import { applicationUrl } from './client-of-urls.js';
import { examine } from './exam.js';
import { examFormats } from './formats/index.js';
import { defaultTimeout } from './default-timeout.js';
import { isTimeout, timeoutForm } from './refuse-mistakes.js';
import { noCheckIsLeft, selectChecks } from './select-checks.js';
import type { Examiner } from '../admin/examiner.js';
import type { ExamOrder } from '../admin/schemas/exam.js';
import type { Mistake } from '../input/mistake.js';

/** Makes the exams of the admin API: of an application by its URLs, in a world of the server. */
export const examiner: Examiner = {
  plan(order) {
    const mistakes = [...urlMistakes(order), ...nameMistakes(order), ...timeoutMistakes(order)];
    const total = mistakes.length > 0 ? 0 : countChecks(order);
    if (mistakes.length === 0 && total === 0) mistakes.push({ path: '', message: noCheckIsLeft });
    return Promise.resolve({ mistakes, total });
  },
  examine(order, { url, worldId, token, knownAs }, { signal, onProgress }) {
    const world = new World(url, worldId, token);
    const bases = knownAs.map((each) => new World(each, worldId, undefined).baseUrl);
    return examine({ ...order, world, knownAs: bases, signal, onProgress });
  },
  report: (result, { format, failOn }) => Promise.resolve(examFormats[format](result, { failOn })),
};

function countChecks(order: ExamOrder): number {
  try {
    return selectChecks(order).length;
  } catch {
    return 0;
  }
}

const urlMistakes = (order: ExamOrder): Mistake[] =>
  (['connect', 'call', 'disconnect'] as const).flatMap((member) => {
    const url = order[member];
    return url === undefined ? [] : mistakesOf(member, () => applicationUrl(url));
  });

const nameMistakes = (order: ExamOrder): Mistake[] =>
  (['only', 'skip', 'group'] as const).flatMap((member) =>
    (order[member] ?? []).flatMap((name, i) => mistakesOf(`${member}.${i}`, () => selectChecks({ [member]: [name] }))),
  );

/** The schema knows the form of a timeout, not that none is too short. */
const timeoutMistakes = ({ timeout = defaultTimeout }: ExamOrder): Mistake[] =>
  isTimeout(timeout) ? [] : [{ path: 'timeout', message: `expected: ${timeoutForm}` }];

/** The mistake that a reading throws, at the path of a member. */
function mistakesOf(path: string, read: () => unknown): Mistake[] {
  try {
    read();
    return [];
  } catch (error) {
    return [{ path, message: (error as Error).message }];
  }
}
