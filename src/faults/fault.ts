import { Type } from 'typebox';
import type { Static, TLiteral, TObject, TProperties, TSchema } from 'typebox';
import type { Answer } from '../input/answer.js';

/** Endpoints that a browser visits. */
export const pages = ['authorize', 'login', 'consent'] as const;
/** Endpoints that the client calls directly. */
export const calls = ['token', 'revoke', 'introspect', 'userinfo', 'resource', 'metadata'] as const;
/** All endpoints that a fault can be limited to. */
export const everywhere = [...pages, ...calls] as const;

/** An endpoint that a fault can be limited to. */
export type FaultEndpoint = (typeof everywhere)[number];

/** A refusal that the provider could have sent. http/faulting/refuse.ts writes it in the provider's format. */
export interface StagedRefusal {
  readonly error: string;
  /** The error on a redirect back to the client, if it differs. */
  readonly errorOnPages?: string;
  /** Absent: the provider's own text. Empty: no description. */
  readonly description?: string | undefined;
  readonly headers?: Readonly<Record<string, string>>;
}

/** How a request can end, before its effect or after it. */
export type Ending =
  | { readonly do: 'send'; readonly answer: Answer }
  | { readonly do: 'refuse'; readonly refusal: StagedRefusal }
  /** Sends bytes that need not be HTTP, then closes the connection. */
  | { readonly do: 'send-bytes'; readonly bytes: Uint8Array }
  /** Ends the connection with a FIN. */
  | { readonly do: 'close' }
  /** Ends the connection with an RST. */
  | { readonly do: 'reset' }
  | { readonly do: 'hang' };

/** What happens instead of the effect. */
export type Instead = { readonly do: 'go-on' } | Ending;

/** How the answer is sent after the effect. */
export type Delivery =
  | Ending
  /** Sends the answer, then bytes outside of HTTP if there are some, then closes the connection. */
  | { readonly do: 'send-and-close'; readonly answer: Answer; readonly tail?: string }
  /** Sends other bytes than the body of the answer. The journal keeps the body. */
  | { readonly do: 'send-encoded'; readonly answer: Answer; readonly bytes: Uint8Array }
  | { readonly do: 'drip'; readonly answer: Answer; readonly everyMs: number };

/** The part of a request that a fault can use. Waiting uses real time and ends when the client disconnects. */
export interface Exchange {
  /** The URL prefix of the provider's own paths. */
  readonly base: string;
  /** A random number in [0, 1) from the world's seed. */
  readonly chance: () => number;
  /** Random bytes from the world's seed. */
  readonly bytes: (count: number) => Uint8Array;
  readonly wait: (ms: number) => Promise<void>;
  /**
   * Waits in the rule's queue until it has `until` requests, until one of them has waited `atMostMs`, or until the rule
   * is released.
   */
  readonly gather: (until: number, atMostMs: number | undefined) => Promise<void>;
  /** The previous answer of the same provider and endpoint. */
  readonly previous: () => Answer | undefined;
  /** A valid code of another user's authorization. */
  readonly foreignCode: (code: string) => string;
}

/** The behaviour of a fault: before the effect, and on the answer after it. Neither: the request is not affected. */
export interface Behaviour {
  readonly before?: (exchange: Exchange) => Instead | Promise<Instead>;
  readonly after?: (answer: Answer, exchange: Exchange) => Delivery | Promise<Delivery>;
}

/** One kind of fault: its parameters, documentation and behaviour. No other file names a kind. */
export interface Kind<S extends TSchema = TSchema> {
  readonly name: string;
  readonly schema: S;
  /** What the client sees. Shown on the reference page. */
  readonly sees: string;
  /**
   * Whether the request has its effect, even if the client does not receive the answer. `after`: only with the
   * parameter `after: true`.
   */
  readonly happens: boolean | 'after';
  readonly endpoints: readonly FaultEndpoint[];
  /** Endpoints at which the kind has a meaning with `after: true`. Left out: the same. */
  readonly endpointsAfter?: readonly FaultEndpoint[];
  /** `redirect-back`: applies to the answer that sends a code or an error to the client, whichever page sends it. */
  readonly moment: Moment;
  readonly example: Static<S>;
  /** The first mistake in the parameters that no schema can state, or undefined. */
  mistake?(fault: Static<S>, rule: RuleLimits): FaultMistake | undefined;
  /** Turns checked parameters into a behaviour. */
  play(fault: Static<S>): Behaviour;
  /** The answer is an earlier one, sent again: the kind needs one, and the client gets the same content twice. */
  readonly repeatsAnswer?: boolean;
  /** The content of the answer can be invented, so a client may ignore it. */
  readonly inventsContent?: boolean;
  /** The client may give up in the middle of the answer, so how much of it arrives is unknown. */
  readonly arrivesInPart?: boolean;
}

/** The part of a rule that the check of its fault can use. */
export interface RuleLimits {
  /** How many requests the rule applies to. Undefined: no limit. */
  readonly times?: number | undefined;
}

/** A mistake in a fault: a message and, if it concerns one parameter, the name of that parameter. */
export type FaultMistake = string | { readonly parameter: string; readonly message: string };

/** A mistake in one parameter. Without a message there is none. */
export const mistakeIn = (parameter: string, message: string | undefined): FaultMistake | undefined =>
  message === undefined ? undefined : { parameter, message };

/** When a rule is chosen: when a request arrives, or when an answer redirects the browser back to the client. */
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

/** Makes a kind. Its schema is closed, so a misspelt parameter is a mistake. */
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

/** A duration of real time: `500ms`, `2s`. */
export const Wait = Type.String({
  format: 'wait',
  maxLength: 64,
  description: 'A duration of at most 10m: 500ms, 2s, 1m30s',
});
