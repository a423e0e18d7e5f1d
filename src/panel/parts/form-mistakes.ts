import { ApiError } from '../api/api-error.js';
import type { CallMistake } from '../api/api-error.js';

/** What a form shows of a call that was refused. */
export interface FormMistakes {
  /** What is wrong with the field that fills one of these members: one sentence, with the label of the field. */
  readonly at: (...members: readonly string[]) => string | undefined;
  /** What belongs to no field. Undefined if the fields show everything. */
  readonly rest: ApiError | undefined;
}

/**
 * Divides the problem of a call among the fields of its form.
 *
 * @param labels the label of each field by the member of the call that it fills, such as `expiresIn`. What is wrong
 *   inside a member, such as `scopes.0`, belongs to its field
 * @param own mistakes that the form found itself
 */
export function formMistakes(
  problem: ApiError | undefined,
  labels: Readonly<Record<string, string>>,
  own: readonly CallMistake[] = [],
): FormMistakes {
  const fields = Object.entries(labels);
  const placed = [...own, ...(problem?.mistakes ?? [])].map((mistake) => ({
    mistake,
    // of `match` and `match.path`, the longer one
    field: fields
      .filter(([member]) => `${mistake.path}.`.startsWith(`${member}.`))
      .sort(([a], [b]) => b.length - a.length)[0],
  }));
  const others = placed.filter(({ field }) => field === undefined).map(({ mistake }) => mistake);
  return {
    at: (...members) => {
      const found = placed.find(({ field }) => field !== undefined && members.includes(field[0]));
      return found?.field === undefined ? undefined : sentence(found.mistake, found.field);
    },
    rest:
      problem === undefined || others.length === placed.length
        ? problem
        : others.length === 0
          ? undefined
          : new ApiError(problem.status, { title: problem.title, errors: others }),
  };
}

function sentence({ path, message }: CallMistake, [member, label]: readonly [string, string]): string {
  const inside = path.slice(member.length).split('.').slice(1);
  const place = [label, ...inside.map((name) => (/^\d+$/.test(name) ? `item ${Number(name) + 1}` : name))].join(', ');
  return `${place}: ${message.replace(/^expected: /, 'expected ')}.`.replace(/([.?!])\.$/, '$1');
}
