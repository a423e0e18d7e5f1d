import { Type } from 'typebox';
import type { Static, TLiteral, TObject, TProperties, TSchema } from 'typebox';
import type { Answer } from '../input/answer.js';

/** Where a browser is sent or shown something. */
export const pages = ['authorize', 'login', 'consent'] as const;
/** What a client calls by itself. */
export const calls = ['token', 'revoke', 'introspect', 'resource'] as const;
export const everywhere = [...pages, ...calls] as const;

/** What a request can be about, as far as a fault can ask. */
export type FaultEndpoint = (typeof everywhere)[number];

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
  /** The first mistake in the parameters that no schema can state, or undefined. */
  mistake?(fault: Static<S>, rule: RuleLimits): FaultMistake | undefined;
  /** Turns checked parameters into a behaviour. */
  play(fault: Static<S>): Behaviour;
  /** The answer is an earlier one, sent again: the kind needs one, and the client gets the same content twice. */
  readonly repeatsAnswer?: boolean;
  /** The content of the answer can be invented, so a careful client may distrust it. */
  readonly inventsContent?: boolean;
  /** The client may give up in the middle of the answer, so how much of it arrives is unknown. */
  readonly arrivesInPart?: boolean;
}

/** What a kind may ask of the rule that its fault belongs to. */
export interface RuleLimits {
  /** How many requests the rule applies to. Undefined: no limit. */
  readonly times?: number | undefined;
}

/** A mistake in a fault: in words, with the parameter that it concerns where it concerns a single one. */
export type FaultMistake = string | { readonly parameter: string; readonly message: string };

/** When a rule is chosen: as a request arrives, or as an answer leads the browser back to the client. */
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

/** A real time to wait: `500ms`, `2s`. */
export const Wait = Type.String({
  format: 'wait',
  maxLength: 64,
  description: 'A duration of at most 10m: 500ms, 2s, 1m30s',
});
