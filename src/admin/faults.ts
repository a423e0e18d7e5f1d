import { Type } from 'typebox';
import { ruleMistakes } from '../faults/check-rules.js';
import { RuleSchema, RuleStateSchema } from '../faults/rule.js';
import { ruleLimit } from '../faults/script.js';
import { AdminError, Empty, Paging, defineRoute, invalid, listOf, page } from './route.js';
import type { Rule, RuleState } from '../faults/rule.js';
import type { AdminContext } from './route.js';
import type { World } from '../world/world.js';
import type { Worlds } from '../world/worlds.js';

const path = '/faults';
const tag = 'faults';

const OneOrMany = Type.Unsafe<Rule | readonly Rule[]>({
  description: 'A fault, or a list of them: all are added, or none',
  if: { type: 'array' },
  then: { type: 'array', items: RuleSchema },
  else: RuleSchema,
});

const isMany = (body: Rule | readonly Rule[]): body is readonly Rule[] => Array.isArray(body);

function add({ faults }: World, { providers }: Worlds, body: Rule | readonly Rule[]): RuleState[] {
  const rules = isMany(body) ? body : [body];
  const mistakes = ruleMistakes(rules, providers);
  if (mistakes.length > 0) {
    throw invalid(
      isMany(body) ? mistakes : mistakes.map(({ path: at, message }) => ({ path: at.replace(/^0\./, ''), message })),
    );
  }
  const refusal = faults.refusal(rules);
  if (refusal !== undefined) throw new AdminError(409, 'Faults refused', refusal, undefined, { limit: ruleLimit });
  return faults.add(rules);
}

/** Does something with the rule that a URL names, if there is one. */
function found<T>(
  world: World,
  { id }: AdminContext<never, never>['params'],
  act: (world: World, id: string) => T | undefined,
): T {
  const value = act(world, id);
  if (value !== undefined) return value;
  throw new AdminError(404, 'Unknown fault', `There is no fault ${JSON.stringify(id)} here.`, undefined, {
    known: world.faults
      .list()
      .slice(-20)
      .map((rule) => rule.id),
  });
}

/** Faults: rules that match requests and spoil what becomes of them. */
export const faultRoutes = [
  defineRoute({
    method: 'GET',
    path,
    tag,
    summary: 'List the faults, in the order in which they are tried',
    query: Type.Object(Paging, { additionalProperties: false }),
    answers: { 200: listOf('faults', RuleStateSchema) },
    handle({ world, query }) {
      const { items, total } = page(world.faults.list(), query);
      return { faults: items, total };
    },
  }),
  defineRoute({
    method: 'POST',
    path,
    tag,
    summary: 'Add a fault, or several, after those in force',
    body: OneOrMany,
    bodyLimitBytes: 4 * 1024 * 1024,
    answers: { 201: RuleStateSchema },
    handle({ world, worlds, body, reply }) {
      const added = add(world, worlds, body);
      reply.code(201);
      return isMany(body) ? { faults: added, total: added.length } : added[0];
    },
  }),
  defineRoute({
    method: 'DELETE',
    path,
    tag,
    summary: 'Remove all faults; whom they hold goes on',
    answers: { 204: Empty },
    handle({ world }) {
      world.faults.clear();
    },
  }),
  defineRoute({
    method: 'GET',
    path: `${path}/:id`,
    tag,
    summary: 'Read a fault, and what it did',
    answers: { 200: RuleStateSchema },
    handle: ({ world, params }) => found(world, params, ({ faults }, id) => faults.get(id)),
  }),
  defineRoute({
    method: 'DELETE',
    path: `${path}/:id`,
    tag,
    summary: 'Remove a fault; whom it holds goes on',
    answers: { 204: Empty },
    handle({ world, params }) {
      found(world, params, ({ faults }, id) => faults.remove(id) || undefined);
    },
  }),
  defineRoute({
    method: 'POST',
    path: `${path}/:id/release`,
    tag,
    summary: 'Let those go whom a fault of the kind hold keeps waiting',
    answers: { 200: Type.Object({ released: Type.Integer() }) },
    handle: ({ world, params }) => ({ released: found(world, params, ({ faults }, id) => faults.release(id)) }),
  }),
];
