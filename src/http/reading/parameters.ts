import { refuse } from '../../core/errors.js';
import type { ParameterPlace } from '../../core/model.js';

export type Source = Readonly<Record<string, unknown>>;

/** The parameters of a request by name, each once, and the place where it stood. Wire names stop in this file. */
export class Parameters {
  readonly #read: Partial<Record<ParameterPlace, Source>> = {};
  readonly #unread: Partial<Record<ParameterPlace, Source>> = {};

  add(source: unknown, place: ParameterPlace, read: boolean): void {
    if (source === null || typeof source !== 'object') return;
    (read ? this.#read : this.#unread)[place] = source as Source;
  }

  /**
   * Refuses what RFC 6749 §3.1 and §3.2 forbid of any parameter, known or not.
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

  get(name: string): string | undefined {
    return textOf(this.#read.body, name) ?? textOf(this.#read.query, name);
  }

  place(name: string): ParameterPlace | undefined {
    if (textOf(this.#read.body, name) !== undefined) return 'body';
    return textOf(this.#read.query, name) === undefined ? undefined : 'query';
  }

  /** Where a parameter stood that is not read there. */
  elsewhere(name: string): ParameterPlace[] {
    return (['body', 'query'] as const).filter((place) => Object.hasOwn(this.#unread[place] ?? {}, name));
  }
}

/**
 * A parameter as text; undefined where it is not there or has no value.
 *
 * @throws request.parameter-repeated, request.parameter-malformed
 */
export function textOf(source: Source | undefined, name: string): string | undefined {
  return source !== undefined && Object.hasOwn(source, name) ? toText(name, source[name]) : undefined;
}

/** RFC 6749 §3.1: a parameter without a value counts as left out. */
function toText(name: string, value: unknown): string | undefined {
  if (typeof value === 'string') return value === '' ? undefined : value;
  // forms and queries give a list only to what is repeated; JSON may have one of any length, of anything
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
