import type { Examiner } from '../admin/examiner.js';

const load = async (): Promise<Examiner> => (await import('./examiner.js')).examiner;

/** Makes the exams of the admin API. The exam is loaded with the first one, so that no other server loads it. */
export const lazyExaminer: Examiner = {
  plan: async (order) => (await load()).plan(order),
  examine: async (order, place, observer) => (await load()).examine(order, place, observer),
  report: async (result, options) => (await load()).report(result, options),
};
