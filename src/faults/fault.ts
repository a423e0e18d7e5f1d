import { Type } from 'typebox';
import type { Static, TLiteral, TObject, TProperties, TSchema } from 'typebox';

/** Where a browser is sent or shown something. */
export const pages = ['authorize', 'login', 'consent'] as const;
/** What a client calls by itself. */
export const calls = ['token', 'revoke', 'introspect', 'resource'] as const;
export const everywhere = [...pages, ...calls] as const;

/** What a request can be about, as far as a fault can ask. */
export type FaultEndpoint = (typeof everywhere)[number];

/** An answer as the client will see it. */
export interface Answer {
  readonly status: number;
  /** Lower-case names. */
  readonly headers: Readonly<Record<string, string | string[]>>;
  readonly body: string;
}

/** A refusal that the provider itself could have sent: http/faulting/refuse.ts puts it into the provider's words. */
export interface StagedRefusal {
  readonly error: string;
  /** The error on a redirect back to the client, where it is another one. */
  readonly errorOnPages?: string;
  /** Left out: the provider's own words; empty: none. */
  readonly description?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** What happens in place of the effect. */
export type Instead =
  | { readonly do: 'go-on' }
  | { readonly do: 'answer'; readonly answer: Answer }
  | { readonly do: 'refuse'; readonly refusal: StagedRefusal }
  | { readonly do: 'reset' }
  | { readonly do: 'hang' };

/** How an answer leaves once the effect has happened. */
export type Departure =
  | { readonly do: 'send'; readonly answer: Answer }
  | { readonly do: 'send-and-close'; readonly answer: Answer }
  | { readonly do: 'drip'; readonly answer: Answer; readonly everyMs: number }
  | { readonly do: 'reset' };

/** What a behaviour may use of the request that it spoils. All waiting is in real time, and ends when the client leaves. */
export interface Exchange {
  /** What stands before the provider's own paths in URLs. */
  readonly base: string;
  /** A draw from the world's seed, in [0, 1). */
  readonly chance: () => number;
  /** Reads a duration such as `2s`. */
  readonly milliseconds: (duration: string) => number;
  readonly wait: (ms: number) => Promise<void>;
  /** Stands in the rule's line until so many stand there, until one of them stood there so long, or until it is released. */
  readonly gather: (until: number, atMostMs: number | undefined) => Promise<void>;
  /** The answer before this one, of the same provider and endpoint. */
  readonly previous: () => Answer | undefined;
  /** A code of somebody else's authorization, in place of this one. */
  readonly foreignCode: (code: string) => string;
}

/** A fault, played: what it does before the effect and to the answer after it. Neither: the request passes. */
export interface Behaviour {
  readonly before?: (exchange: Exchange) => Instead | Promise<Instead>;
  readonly after?: (answer: Answer, exchange: Exchange) => Departure | Promise<Departure>;
}

/** One kind of fault: its parameters, its documentation and its behaviour. */
export interface Kind<S extends TSchema = TSchema> {
  readonly name: string;
  readonly schema: S;
  /** What the client sees, for the reference page. */
  readonly sees: string;
  /** Whether the core does what was asked, whatever the client learns of it. */
  readonly happens: boolean;
  readonly endpoints: readonly FaultEndpoint[];
  /** `redirect-back`: it waits for the answer that carries a code or an error to the client, whichever page gives it. */
  readonly moment: Moment;
  readonly example: Static<S>;
  /** Parameters that contradict each other, or could never work, in words. */
  mistake?(fault: Static<S>, seconds: (duration: string) => number): string | undefined;
  play(fault: Static<S>): Behaviour;
  /** It can only be played where something was answered before. */
  readonly needsPrevious?: boolean;
}

export type Moment = 'request' | 'redirect-back';

type KindDefinition<N extends string, P extends TProperties> = Omit<
  Kind<TObject<{ kind: TLiteral<N> } & P>>,
  'name' | 'schema' | 'endpoints' | 'moment'
> & {
  readonly name: N;
  readonly parameters: P;
  readonly endpoints?: readonly FaultEndpoint[];
  readonly moment?: Moment;
};

/** Makes a kind from its parameters: the schema is closed, so that a misspelt parameter is a mistake. */
export function defineKind<const N extends string, P extends TProperties>(
  definition: KindDefinition<N, P>,
): Kind<TObject<{ kind: TLiteral<N> } & P>> {
  const { parameters, ...rest } = definition;
  const schema = Type.Object(
    { kind: Type.Literal(definition.name), ...parameters },
    { additionalProperties: false, description: definition.sees },
  );
  return { endpoints: everywhere, moment: 'request', ...rest, schema } as Kind<TObject<{ kind: TLiteral<N> } & P>>;
}

/** One of some words: a plain JSON Schema `enum`, so that a mistake can be told with all of them. */
export const words = <const T extends string>(...values: T[]) => Type.Unsafe<T>({ type: 'string', enum: values });

/** The longest that a fault may keep a client waiting, in seconds. */
export const longestWaitSeconds = 600;

/** A real time to wait: `500ms`, `2s`. */
export const Wait = Type.String({
  format: 'wait',
  maxLength: 64,
  description: 'A duration of at most 10m: 500ms, 2s, 1m30s',
});

export const HeadersSchema = Type.Record(
  Type.String({ pattern: "^[A-Za-z0-9!#$%&'*+.^_`|~-]+$" }),
  Type.String({ pattern: '^[\\x20-\\x7e\\t]*$', maxLength: 4000 }),
  { maxProperties: 50, additionalProperties: false },
);

/** Lower-case names, as every header here has them. */
export function lowerCased<V>(headers: Readonly<Record<string, V>>): Record<string, V> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
}

/** What Node writes by itself, from the body: two that contradict each other would be no HTTP any more. */
const framing = ['content-length', 'transfer-encoding', 'trailer'];

/** What is wrong with the headers that a fault or a stub wants, in words. */
export function headersMistake(headers: Readonly<Record<string, unknown>> = {}): string | undefined {
  const name = Object.keys(lowerCased(headers)).find((each) => framing.includes(each));
  return name === undefined
    ? undefined
    : `headers may not have ${name}, which follows from the body; a body that is shorter than its Content-Length is the fault truncate`;
}

/** RFC 9110 §15.3.5, §15.3.6, §15.4.5 */
const bodiless = [204, 205, 304];

/** What is wrong with the body of an answer of this status, in words. */
export function bodyMistake(status: number, body: unknown): string | undefined {
  return bodiless.includes(status) && body !== undefined && body !== ''
    ? `an answer with the status ${status} has no body`
    : undefined;
}

/** The body of an answer that somebody wrote into a fault or a stub: text as it is, nothing as nothing, anything else as JSON. */
export function bodyText(body: unknown): string {
  if (body === undefined) return '';
  return typeof body === 'string' ? body : JSON.stringify(body);
}
