import { defineRule } from '../rule.js';
import type { Proof } from '../rule.js';
import type { ObservedRequest } from '../observed-request.js';

export const parameterRepeated = defineRule({
  id: 'parameter-repeated',
  severity: 'warning',
  verdict: 'A request has the same parameter more than once. Servers differ in which value counts, or refuse it.',
  clause: 'RFC 6749 §3.1, §3.2',
  advice: 'Send each parameter once, in the body or in the query.',
  spares:
    'A note if the provider accepts it. Not reported for names that end with [], for lists in JSON, and for calls of ' +
    'the API.',
  judge: ({ all }) => all.flatMap(proofsOf),
});

const endpoints = ['authorize', 'token', 'revoke', 'introspect'];

function proofsOf(seen: ObservedRequest): Proof[] {
  const { entry, policy } = seen;
  if (!endpoints.includes(entry.endpoint)) return [];
  const repeated = new Set([...seen.repeatedInQuery, ...seen.repeatedInForm]);
  const inBoth = [...seen.query.keys()].filter((name) => seen.form.has(name) && !repeated.has(name));
  return [
    ...proofOf(seen, [...repeated], 'more than once', policy.parametersRepeated !== 'refused'),
    ...proofOf(seen, inBoth, 'in the body and in the query', policy.parametersInBoth !== 'refused'),
  ];
}

function proofOf(seen: ObservedRequest, names: readonly string[], how: string, accepted: boolean): Proof[] {
  if (names.length === 0) return [];
  const shown = names.slice(0, 10).map((name) => JSON.stringify(name));
  return [
    {
      by: [seen],
      severity: accepted ? 'note' : 'warning',
      says: `The ${seen.entry.endpoint} request has ${how}: ${shown.join(', ')}.`,
    },
  ];
}
