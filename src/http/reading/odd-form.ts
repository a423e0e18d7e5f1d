import { refuse } from '../../core/errors.js';
import { decodeLeniently, decodePart, splitForm } from './form-text.js';
import { nestParameter, newMembers } from './rack-nesting.js';
import type { ParameterPlace, Policy } from '../../core/policy.js';
import type { OddForm, Pair, Source } from './form-text.js';
import type { Notes } from './notes.js';

/**
 * Reads a form that servers read differently, by the policy: repeated and nested names, broken encodings.
 *
 * @throws request.parameter-repeated, request.parameter-malformed
 */
export function readOddForm(form: OddForm, place: ParameterPlace, policy: Policy, notes: Notes): Source {
  const pairs = typeof form === 'string' ? decodePairs(form, place, policy, notes) : form;
  noteRepeated(pairs, policy, notes);
  const members = newMembers();
  if (policy.parameterSyntax === 'rack') {
    for (const [name, value] of pairs) nestParameter(members, name, value);
    return members;
  }
  for (const [name, value] of pairs) {
    if (policy.parametersRepeated === 'last' || !Object.hasOwn(members, name)) members[name] = value;
  }
  return members;
}

/** Rack also takes spaces after a separator, and a semicolon in a query. Safari once ended forms with a NUL. */
function split(text: string, place: ParameterPlace, { parameterSyntax }: Policy): Pair[] {
  if (parameterSyntax === 'plain') return splitForm(text, '&');
  return place === 'query' ? splitForm(text, /[&;] */) : splitForm(text.replace(/\0$/, ''), /& */);
}

function decodePairs(text: string, place: ParameterPlace, policy: Policy, notes: Notes): Pair[] {
  const pairs: Pair[] = [];
  for (const raw of split(text, place, policy)) {
    const [name, value] = [decodePart(raw[0]), decodePart(raw[1])];
    if (name !== undefined && value !== undefined) pairs.push([name, value]);
    else {
      const kept = readBroken(raw, policy, notes);
      if (kept !== undefined) pairs.push(kept);
    }
  }
  return pairs;
}

/** A parameter that cannot be decoded, as the policy reads it. Undefined if it is dropped. */
function readBroken(raw: Pair, { brokenEncoding }: Policy, notes: Notes): Pair | undefined {
  const [name, value] = raw;
  const shown = decodePart(name) ?? name;
  if (brokenEncoding === 'refused') {
    throw refuse('request.parameter-malformed', {
      name: shown.slice(0, 100),
      detail: 'its percent-encoding is broken, or its bytes are not UTF-8',
    });
  }
  if (brokenEncoding === 'kept') {
    notes.add(shown, 'cannot be percent-decoded as UTF-8, and is read as it stands');
    return [decodePart(name) ?? name, decodePart(value) ?? value];
  }
  const decoded = [decodeLeniently(name), decodeLeniently(value)] as const;
  if (decoded[0] === undefined || decoded[1] === undefined) {
    notes.add(shown, 'has a broken percent-encoding, and is dropped');
    return undefined;
  }
  notes.add(shown, 'has bytes that are not UTF-8, and is read with U+FFFD in their place');
  return [decoded[0], decoded[1]];
}

/** Names that are sent more than once, in the order in which they appear. A list by `[]` is no repetition for Rack. */
function noteRepeated(pairs: readonly Pair[], { parametersRepeated, parameterSyntax }: Policy, notes: Notes): void {
  const values = new Map<string, string[]>();
  for (const [name, value] of pairs) {
    if (parameterSyntax === 'rack' && name.endsWith('[]')) continue;
    const earlier = values.get(name);
    if (earlier === undefined) values.set(name, [value]);
    else earlier.push(value);
  }
  for (const [name, all] of values) {
    if (all.length === 1) continue;
    if (parametersRepeated === 'refused') throw refuse('request.parameter-repeated', { name, values: all });
    notes.add(name, `was sent ${all.length} times; the ${parametersRepeated} value counts`);
  }
}
