import { Type } from 'typebox';
import { described } from '../../input/described.js';
import { defineKind, pages } from '../fault.js';
import { words } from '../../input/words.js';
import type { Exchange } from '../fault.js';

type Pairs = readonly (readonly [string, string])[];
type Change = (pairs: Pairs, name: string, exchange: Exchange) => Pairs;

const without = (pairs: Pairs, name: string): Pairs => pairs.filter(([each]) => each !== name);
const mapped = (pairs: Pairs, name: string, change: (value: string) => string): Pairs =>
  pairs.map(([each, value]) => [each, each === name ? change(value) : value]);

/** Changes of one parameter. */
const changes = {
  missing: without,
  doubled: (pairs, name) => pairs.flatMap((pair) => (pair[0] === name ? [pair, pair] : [pair])),
  // If the provider returns no state, a wrong one is added.
  altered: (pairs, name) =>
    pairs.some(([each]) => each === name) ? mapped(pairs, name, (value) => `${value}~`) : [...pairs, [name, 'altered']],
  foreign: (pairs, name, { foreignCode }) => mapped(pairs, name, foreignCode),
} satisfies Record<string, Change>;

interface Parameters {
  readonly state?: 'altered' | 'missing' | 'doubled';
  readonly code?: 'missing' | 'doubled' | 'foreign';
  readonly error?: string;
  readonly iss?: 'wrong';
  readonly extra?: Readonly<Record<string, string>>;
}

function tampered(pairs: Pairs, { state, code, error, iss, extra = {} }: Parameters, exchange: Exchange): Pairs {
  let changed: Pairs = pairs;
  if (state !== undefined) changed = changes[state](changed, 'state');
  if (code !== undefined) changed = changes[code](changed, 'code', exchange);
  if (error !== undefined) changed = [['error', error], ...without(changed, 'code')];
  // RFC 9207 §2.4: a client that knows its issuer refuses any other.
  if (iss === 'wrong') changed = [...without(changed, 'iss'), ['iss', 'https://issuer.invalid']];
  return [...changed, ...Object.entries(extra)];
}

export const tamper = defineKind({
  name: 'tamper',
  sees:
    'the redirect back with changed parameters. In `match`, `endpoint: authorize` means the redirect of ' + 'any page',
  happens: true,
  endpoints: pages,
  moment: 'redirect-back',
  parameters: {
    state: Type.Optional(described('What happens to the state', words('altered', 'missing', 'doubled'))),
    code: Type.Optional(
      Type.Unsafe<'missing' | 'doubled' | 'foreign'>({
        ...words('missing', 'doubled', 'foreign'),
        description: "foreign: a valid code of another user's authorization",
      }),
    ),
    error: Type.Optional(
      Type.String({
        pattern: '^[\\x20-\\x21\\x23-\\x5b\\x5d-\\x7e]+$',
        maxLength: 100,
        description: 'An error in place of the code, without a description',
      }),
    ),
    iss: Type.Optional(
      Type.Unsafe<'wrong'>({ ...words('wrong'), description: 'An `iss` of another issuer (RFC 9207)' }),
    ),
    extra: Type.Optional(
      Type.Record(Type.String(), Type.String({ maxLength: 1000 }), {
        maxProperties: 50,
        description: 'Unknown parameters',
      }),
    ),
  },
  example: { kind: 'tamper', state: 'altered' },
  mistake: (fault) =>
    Object.keys(fault).length > 1 ? undefined : 'a tamper needs at least one of state, code, error, iss, extra',
  play: (fault) => ({
    after(answer, exchange) {
      const [uri, query] = String(answer.headers.location).split(/\?(.*)/s) as [string, string | undefined];
      const pairs = tampered([...new URLSearchParams(query)], fault, exchange);
      const changed = new URLSearchParams(pairs.map(([name, value]): [string, string] => [name, value]))
        .toString()
        .replaceAll('+', '%20');
      return {
        do: 'send',
        answer: { ...answer, headers: { ...answer.headers, location: changed === '' ? uri : `${uri}?${changed}` } },
      };
    },
  }),
});
