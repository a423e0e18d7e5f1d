import { ruleMistakes } from '../faults/check-rules.js';
import { RuleStateSchema } from '../faults/rule.js';
import { ruleLimit } from '../faults/script.js';
import { AdminError, invalid, notFound } from './admin-error.js';
import { page } from './paging.js';
import { NoContent, defineRoute } from './route.js';
import { AddFaultsBody, AddedFaultsView, FaultsView, ReleasedView } from './schemas/faults.js';
import { PageQuery } from './schemas/list.js';
import type { Rule, RuleState } from '../faults/rule.js';
import type { World } from '../world/world.js';

const path = '/faults';
const tag = 'faults';
/** Maximum number of existing faults that a 404 lists, newest last. */
const knownShown = 20;

const isList = (body: Rule | readonly Rule[]): body is readonly Rule[] => Array.isArray(body);

function addFault(world: World, rule: Rule): RuleState {
  const mistakes = mistakesIn([rule], world).map(({ path: at, message }) => ({
    path: at.replace(/^0\./, ''),
    message,
  }));
  if (mistakes.length > 0) throw invalid(mistakes);
  const [added] = addChecked(world, [rule]);
  return added as RuleState;
}

function addFaults(world: World, rules: readonly Rule[]): RuleState[] {
  const mistakes = mistakesIn(rules, world);
  if (mistakes.length > 0) throw invalid(mistakes);
  return addChecked(world, rules);
}

const mistakesIn = (rules: readonly Rule[], { providers }: World): ReturnType<typeof ruleMistakes> =>
  ruleMistakes(rules, providers);

function addChecked({ faults }: World, rules: readonly Rule[]): RuleState[] {
  const refusal = faults.refusal(rules);
  if (refusal !== undefined) throw new AdminError(409, 'Faults refused', refusal, undefined, { limit: ruleLimit });
  return faults.add(rules);
}

/** Returns the result of a search by id. Throws a 404 if it is undefined. */
function requireFound<T>({ faults }: World, id: string, found: T | undefined): T {
  if (found !== undefined) return found;
  throw notFound(
    'Unknown fault',
    `There is no fault ${JSON.stringify(id)} here.`,
    faults
      .list()
      .slice(-knownShown)
      .map((rule) => rule.id),
  );
}

/** Calls about faults: rules that match requests and change their answers. */
export const faultRoutes = [
  defineRoute({
    method: 'GET',
    path,
    tag,
    summary: 'List the faults, in the order in which they are tried',
    query: PageQuery,
    answers: { 200: FaultsView },
    handle({ world, query }) {
      const { items, total } = page(world.faults.list(), query);
      return { faults: items, total };
    },
  }),
  defineRoute({
    method: 'POST',
    path,
    tag,
    summary: 'Add a fault, or several, after the existing ones',
    body: AddFaultsBody,
    bodyLimitBytes: 4 * 1024 * 1024,
    answers: { 201: AddedFaultsView },
    handle({ world, body, reply }) {
      if (!isList(body)) {
        const fault = addFault(world, body);
        reply.code(201);
        return fault;
      }
      const faults = addFaults(world, body);
      reply.code(201);
      return { faults, total: faults.length };
    },
  }),
  defineRoute({
    method: 'DELETE',
    path,
    tag,
    summary: 'Remove all faults; requests that they hold continue',
    answers: { 204: NoContent },
    handle({ world }) {
      world.faults.clear();
      return null;
    },
  }),
  defineRoute({
    method: 'GET',
    path: `${path}/:id`,
    tag,
    summary: 'Read a fault, and how often it was applied',
    answers: { 200: RuleStateSchema },
    handle: ({ world, params: { id } }) => requireFound(world, id, world.faults.get(id)),
  }),
  defineRoute({
    method: 'DELETE',
    path: `${path}/:id`,
    tag,
    summary: 'Remove a fault; requests that it holds continue',
    answers: { 204: NoContent },
    handle({ world, params: { id } }) {
      requireFound(world, id, world.faults.remove(id) || undefined);
      return null;
    },
  }),
  defineRoute({
    method: 'POST',
    path: `${path}/:id/release`,
    tag,
    summary: 'Release the requests that a fault of the kind hold keeps waiting',
    answers: { 200: ReleasedView },
    handle: ({ world, params: { id } }) => ({ released: requireFound(world, id, world.faults.release(id)) }),
  }),
];
