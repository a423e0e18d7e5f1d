import { Type } from 'typebox';
import { calls, defineKind, mistakeIn } from '../fault.js';
import { headersMistake, lowerCased, headerNames } from '../../input/answer.js';

const headerValue = Type.Union([Type.String({ pattern: '^[\\x20-\\x7e\\t]*$', maxLength: 4000 }), Type.Null()], {
  description: 'a header value, or null to leave the header out',
});

/** The members of a body that is a JSON object. Undefined for any other body. */
function membersOf(body: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(body);
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as Record<string, unknown>)
      : undefined;
  } catch {
    return undefined;
  }
}

function patched(body: string, set: Readonly<Record<string, unknown>>, remove: readonly string[]): string {
  const members = membersOf(body);
  if (members === undefined) return body;
  return JSON.stringify(
    Object.fromEntries(Object.entries({ ...members, ...set }).filter(([name]) => !remove.includes(name))),
  );
}

function merged(
  headers: Readonly<Record<string, string | string[]>>,
  changes: Readonly<Record<string, string | null>>,
): Record<string, string | string[]> {
  const all: Record<string, string | string[] | null> = { ...headers, ...lowerCased(changes) };
  return Object.fromEntries(
    Object.entries(all).filter((entry): entry is [string, string | string[]] => entry[1] !== null),
  );
}

export const patch = defineKind({
  name: 'patch',
  sees: 'the right answer with members of its JSON set, retyped or removed, or with other headers',
  happens: true,
  inventsContent: true,
  endpoints: calls,
  parameters: {
    set: Type.Optional(
      Type.Record(Type.String(), Type.Unknown(), { maxProperties: 100, description: 'Members to add or to replace' }),
    ),
    remove: Type.Optional(
      Type.Array(Type.String({ maxLength: 200 }), { maxItems: 100, description: 'Members to leave out' }),
    ),
    headers: Type.Optional(
      Type.Record(Type.String({ pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$" }), headerValue, {
        maxProperties: 50,
        additionalProperties: false,
        ...headerNames,
        description: 'Headers to set, or with null to leave out',
      }),
    ),
  },
  example: { kind: 'patch', set: { expires_in: '3600' }, remove: ['refresh_token'] },
  mistake(fault) {
    if (Object.keys(fault).length === 1) return 'a patch needs at least one of set, remove, headers';
    const both = fault.remove?.find((name) => Object.hasOwn(fault.set ?? {}, name));
    return both === undefined
      ? mistakeIn('headers', headersMistake(fault.headers))
      : mistakeIn('remove', `${JSON.stringify(both)} is in set too`);
  },
  play: ({ set = {}, remove = [], headers = {} }) => ({
    after: (answer) => ({
      do: 'send',
      answer: { ...answer, headers: merged(answer.headers, headers), body: patched(answer.body, set, remove) },
    }),
  }),
});
