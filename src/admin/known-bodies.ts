import type { TSchema } from 'typebox';

/** Most bodies that are known. */
const most = 64;
/** Longest body that is known, in characters. */
const longest = 16 * 1024;

/**
 * Bodies that were parsed before, by their text: a suite of tests makes world after world of one scenario. The same
 * text gives the same object, so what was made of it is found by it. Nothing changes it: it is frozen.
 */
export class KnownBodies {
  /** The body that was used last is the last one. */
  readonly #bodies = new Map<string, object>();
  readonly #good = new WeakMap<object, TSchema>();

  /** The body of a text. Undefined if it is not known. */
  get(text: string): object | undefined {
    const body = this.#bodies.get(text);
    if (body === undefined) return undefined;
    this.#bodies.delete(text);
    this.#bodies.set(text, body);
    return body;
  }

  /** Keeps and freezes a parsed body. The one that was not used for the longest time is forgotten at the limit. */
  keep(text: string, body: unknown): void {
    if (text.length > longest || typeof body !== 'object' || body === null) return;
    freeze(body);
    this.#bodies.set(text, body);
    if (this.#bodies.size <= most) return;
    const [oldest] = this.#bodies.keys();
    this.#bodies.delete(String(oldest));
  }

  /** Whether a body was found good by a schema. */
  isGood(schema: TSchema, body: unknown): boolean {
    return typeof body === 'object' && body !== null && this.#good.get(body) === schema;
  }

  /** Records that a body is good by a schema. */
  accept(schema: TSchema, body: unknown): void {
    if (Object.isFrozen(body)) this.#good.set(body as object, schema);
  }
}

function freeze(value: object): void {
  for (const each of Object.values(value) as unknown[]) if (typeof each === 'object' && each !== null) freeze(each);
  Object.freeze(value);
}
