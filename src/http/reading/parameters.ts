import { refuse } from '../../core/errors.js';
import { isBlank } from '../../input/blank.js';
import { isSecretName } from '../../input/secret-names.js';
import { oddForm, parseForm } from './form-text.js';
import { Notes } from './notes.js';
import { readOddForm } from './odd-form.js';
import type { FastifyRequest } from 'fastify';
import type { ParameterPlace, Policy } from '../../core/policy.js';
import type { Source } from './form-text.js';

const noNames: Readonly<Record<string, string>> = {};

/** How the parameters of a kind of endpoint differ from those of others. */
export interface ParameterUse {
  /** What becomes of a list or an object under a known name, where the policy reads nested names. */
  readonly nested: 'as-text' | 'left-out';
  /** Whether repeated and broken parameters are refused, if the policy says so, or only those that `get` reads. */
  readonly refused: 'any' | 'known';
}

/** The token, revocation and introspection endpoint. */
const tokenUse: ParameterUse = { nested: 'as-text', refused: 'any' };
/** The authorization endpoint: Doorkeeper permits only single values there. */
export const authorizationUse: ParameterUse = { nested: 'left-out', refused: 'any' };
/** Calls of the API, whose other parameters may be lists. */
export const apiUse: ParameterUse = { nested: 'as-text', refused: 'known' };

/**
 * The parameters of a request, from body and query together, as the policy reads them:
 * - `parameterSyntax`: whether brackets in names make lists and objects
 * - `parametersRepeated`, `parametersInBoth`: which value of a repeated parameter counts, or that it is refused
 * - `emptyParameters`: whether a parameter without a value is an empty text
 * - `blankParameters`: whether white space alone counts as no value
 * - `brokenEncoding`: what happens to a parameter that cannot be decoded
 *
 * Add the body and the query first, then call `check`, then read values with `get`.
 */
export class Parameters {
  readonly #policy: Policy;
  readonly #use: ParameterUse;
  readonly #names: Readonly<Record<string, string>>;
  readonly #read: Partial<Record<ParameterPlace, Source>> = {};
  readonly #unread: Partial<Record<ParameterPlace, Source>> = {};
  /** An odd form that is to be read, for the answer to a request that is refused because of it. */
  readonly #odd: Partial<Record<ParameterPlace, Source>> = {};
  /** Values of parameters that were not sent, by name. Undefined: there are none. */
  #defaults: Map<string, string> | undefined;
  /** What the client sent oddly, for the journal. */
  readonly notes = new Notes();

  /** @param names the provider's own names for the parameters of RFC 6749 */
  constructor(policy: Policy, use: ParameterUse = tokenUse, names: Readonly<Record<string, string>> = noNames) {
    this.#policy = policy;
    this.#use = use;
    this.#names = names;
  }

  /**
   * Adds a parsed body. With `read` false, its parameters count only for `elsewhere`.
   *
   * @throws request.parameter-repeated, request.parameter-malformed
   */
  add(source: unknown, place: ParameterPlace, read: boolean): void {
    if (source === null || typeof source !== 'object') return;
    const isCheckedByName = this.#use.refused === 'known' && this.#policy.parameterSyntax === 'plain';
    const odd = read && !isCheckedByName ? oddForm(source as Source) : undefined;
    if (odd !== undefined) this.#odd[place] = source as Source;
    const members = odd === undefined ? (source as Source) : readOddForm(odd, place, this.#policy, this.notes);
    (read ? this.#read : this.#unread)[place] = members;
  }

  /**
   * Adds the query of a URL, unless it has none.
   *
   * @throws request.parameter-repeated, request.parameter-malformed
   */
  addQuery({ url }: FastifyRequest, read: boolean): void {
    const at = url.indexOf('?');
    if (at >= 0) this.add(parseForm(url.slice(at + 1)), 'query', read);
  }

  /**
   * Checks all parameters, also unknown ones. By RFC 6749 §3.1 and §3.2 none may be repeated.
   *
   * @throws request.parameter-repeated, request.parameter-malformed
   */
  check(): this {
    const { body, query } = this.#read;
    if (this.#policy.parameterSyntax === 'plain') {
      for (const name in body) this.#toText(name, body[name]);
      for (const name in query) this.#toText(name, query[name]);
    }
    if (body !== undefined && query !== undefined) this.#checkBoth(body, query);
    else if (this.#policy.parametersInBoth === 'refused') this.#checkUnread(body ?? query ?? {});
    return this;
  }

  /** RFC 6749 §3.2: a parameter is sent once, also where the other place is not read. */
  #checkUnread(read: Source): void {
    const { body, query } = this.#unread;
    const unread = body ?? query;
    if (unread !== undefined) this.#checkBoth(read, unread);
  }

  #checkBoth(body: Source, query: Source): void {
    const { parametersInBoth } = this.#policy;
    for (const name in query) {
      if (!Object.hasOwn(body, name)) continue;
      if (parametersInBoth !== 'refused') {
        this.notes.add(name, `was sent in the body and in the query; the value of the ${parametersInBoth} counts`);
        continue;
      }
      const values = [this.#toText(name, body[name]), this.#toText(name, query[name])];
      if (values[0] === undefined || values[1] === undefined) continue;
      throw refuse('request.parameter-repeated', { name, values: values as string[] });
    }
  }

  /** Gives a parameter a value for a request without it. Undefined: it has none. */
  setDefault(name: string, value: string | undefined): void {
    if (value !== undefined) (this.#defaults ??= new Map()).set(name, value);
  }

  /**
   * The value of a parameter, or its default. Undefined if missing, and by `emptyParameters` and `blankParameters` if
   * blank.
   */
  get(name: string): string | undefined {
    return this.#getSent(name) ?? this.#defaults?.get(name);
  }

  #getSent(name: string): string | undefined {
    const text = this.getWithBlanks(name);
    if (text === undefined || this.#policy.blankParameters === 'kept' || !isBlank(text)) return text;
    this.notes.add(name, 'has nothing but white space, and counts as missing');
    return undefined;
  }

  /** The value of a parameter, also if it is blank. Undefined if it is missing, and by `emptyParameters` if empty. */
  getWithBlanks(name: string): string | undefined {
    const place = this.place(name);
    if (place === undefined) return undefined;
    const sent = this.#sentAs(name);
    return this.#noted(sent, this.#toText(sent, this.#read[place]?.[sent]));
  }

  #noted(name: string, text: string | undefined): string | undefined {
    if (text === '') this.notes.add(name, 'was sent without a value, and counts (RFC 6749 §3.1 takes it as omitted)');
    return text;
  }

  /** The value of a parameter in one place. Undefined if it is missing there, and by `emptyParameters` if empty. */
  getIn(place: ParameterPlace, name: string): string | undefined {
    const source = this.#read[place];
    const sent = this.#sentAs(name);
    return source !== undefined && Object.hasOwn(source, sent)
      ? this.#noted(sent, this.#toText(sent, source[sent]))
      : undefined;
  }

  /** The place of the parameter that `get` returns. */
  place(name: string): ParameterPlace | undefined {
    const { body, query } = this.#read;
    const sent = this.#sentAs(name);
    const inQuery = query !== undefined && Object.hasOwn(query, sent);
    const inBody = body !== undefined && Object.hasOwn(body, sent);
    if (inBody && inQuery) {
      const { parametersInBoth } = this.#policy;
      if (parametersInBoth !== 'refused') return parametersInBoth;
      // check has refused two values, so one of them is empty
      return this.#toText(sent, body[sent]) === undefined ? 'query' : 'body';
    }
    if (inBody) return 'body';
    return inQuery ? 'query' : undefined;
  }

  /** Whether the URL has a query, which may be one that is not read. */
  get hasQuery(): boolean {
    return this.#read.query !== undefined || this.#unread.query !== undefined;
  }

  /** Whether the parameter was sent in a place, which may be one that is not read. */
  isSentIn(place: ParameterPlace, name: string): boolean {
    return Object.hasOwn(this.#read[place] ?? this.#unread[place] ?? {}, this.#sentAs(name));
  }

  /** The places that have the parameter but are not read by the policy. */
  elsewhere(name: string): ParameterPlace[] {
    return (['body', 'query'] as const).filter((place) => Object.hasOwn(this.#unread[place] ?? {}, this.#sentAs(name)));
  }

  /** All parameters that are text, without those that are secrets. Of a form that was refused, those sent once. */
  withoutSecrets(): Record<string, string> {
    const { body, query } = { ...this.#odd, ...this.#read };
    const texts = Object.entries({ ...query, ...body }).filter((pair): pair is [string, string] => {
      return typeof pair[1] === 'string' && !isSecretName(this.#standardName(pair[0]));
    });
    return Object.fromEntries(texts);
  }

  /** The name under which the provider reads a parameter. */
  #sentAs(name: string): string {
    return (Object.hasOwn(this.#names, name) ? this.#names[name] : undefined) ?? name;
  }

  #standardName(sent: string): string {
    return Object.keys(this.#names).find((name) => this.#names[name] === sent) ?? sent;
  }

  /** RFC 6749 §3.1: a parameter without a value counts as omitted, unless the policy keeps it. */
  #toText(name: string, value: unknown): string | undefined {
    if (typeof value === 'string') {
      return value === '' && this.#policy.emptyParameters === 'omitted' ? undefined : value;
    }
    if (value === null || value === undefined) return undefined;
    if (this.#policy.parameterSyntax === 'rack') return this.#nestedToText(name, value);
    if (typeof value !== 'object') return JSON.stringify(value);
    // in JSON a list may be of any length and type
    if (this.#use.refused === 'known' && this.#policy.parametersRepeated !== 'refused' && Array.isArray(value)) {
      return this.#toText(name, this.#policy.parametersRepeated === 'first' ? value[0] : value.at(-1));
    }
    if (Array.isArray(value) && value.length > 1 && value.every((each) => typeof each === 'string')) {
      throw refuse('request.parameter-repeated', { name, values: value });
    }
    throw refuse('request.parameter-malformed', { name, detail: `it is ${kindOf(value)}, and text was expected` });
  }

  /** Rails calls `blank?` and then `to_s`: false and what is empty count as missing, other values as some text. */
  #nestedToText(name: string, value: unknown): string | undefined {
    if (value === false) return undefined;
    if (typeof value !== 'object') return JSON.stringify(value);
    const isEmpty = Object.keys(value as object).length === 0;
    const isLeftOut = isEmpty || this.#use.nested === 'left-out';
    this.notes.add(name, `is ${kindOf(value)}, and counts as ${isLeftOut ? 'missing' : 'an unknown text'}`);
    return isLeftOut ? undefined : JSON.stringify(value);
  }
}

const kindOf = (value: unknown): string => (Array.isArray(value) ? 'a list' : 'an object');
