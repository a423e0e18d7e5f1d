import { refuse } from '../../core/errors.js';
import type { ParameterPlace } from '../../core/model.js';

/** Decoded parameters of one place: the members of a body or of a query. */
export type Source = Readonly<Record<string, unknown>>;

/** The parameters of a request, from body and query together. */
export class Parameters {
  readonly #read: Partial<Record<ParameterPlace, Source>> = {};
  readonly #unread: Partial<Record<ParameterPlace, Source>> = {};

  /** Adds a body or a query. With `read` false, its parameters count only for `elsewhere`. */
  add(source: unknown, place: ParameterPlace, read: boolean): void {
    if (source === null || typeof source !== 'object') return;
    (read ? this.#read : this.#unread)[place] = source as Source;
  }

  /**
   * Checks all parameters, also unknown ones, by RFC 6749 §3.1 and §3.2: none may be repeated.
   *
   * @throws request.parameter-repeated, request.parameter-malformed
   */
  check(): this {
    const { body, query } = this.#read;
    for (const name in body) toText(name, body[name]);
    for (const name in query) {
      const text = toText(name, query[name]);
      const earlier = text === undefined ? undefined : textOf(body, name);
      if (text !== undefined && earlier !== undefined) {
        throw refuse('request.parameter-repeated', { name, values: [earlier, text] });
      }
    }
    return this;
  }

  /** The value of a parameter, of the body before the query. */
  get(name: string): string | undefined {
    return textOf(this.#read.body, name) ?? textOf(this.#read.query, name);
  }

  /** The place of the parameter that `get` returns. */
  place(name: string): ParameterPlace | undefined {
    if (textOf(this.#read.body, name) !== undefined) return 'body';
    return textOf(this.#read.query, name) === undefined ? undefined : 'query';
  }

  /** The places that have the parameter but are not read by the policy. */
  elsewhere(name: string): ParameterPlace[] {
    return (['body', 'query'] as const).filter((place) => Object.hasOwn(this.#unread[place] ?? {}, name));
  }
}

/**
 * A parameter as text. Undefined if it is missing or empty.
 *
 * @throws request.parameter-repeated, request.parameter-malformed
 */
export function textOf(source: Source | undefined, name: string): string | undefined {
  return source !== undefined && Object.hasOwn(source, name) ? toText(name, source[name]) : undefined;
}

/** RFC 6749 §3.1: a parameter without a value counts as omitted. */
function toText(name: string, value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  // in forms and queries a list means a repeated parameter; in JSON it may be of any length and type
  if (Array.isArray(value) && value.length > 1 && value.every((each) => typeof each === 'string')) {
    throw refuse('request.parameter-repeated', { name, values: value });
  }
  switch (typeof value) {
    case 'number':
    case 'boolean':
      return String(value);
    default:
      if (value === null) return undefined;
      throw refuse('request.parameter-malformed', {
        name,
        detail: `it is ${Array.isArray(value) ? 'a list' : 'an object'}, and text was expected`,
      });
  }
}
