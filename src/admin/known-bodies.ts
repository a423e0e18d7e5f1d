import type { TSchema } from 'typebox';

const maxBodies = 64;
/** Longest body that is kept, in characters. */
const maxLength = 16 * 1024;

/**
 * Bodies that were parsed before, by their text: a suite of tests makes world after world of one scenario. The same
 * text gives the same object, so caches can use the object as their key. Nothing changes it: it is frozen.
 */
export class KnownBodies {
  /** In the order of their last use, the oldest first. */
  readonly #bodies = new Map<string, object>();
  /** The schema that a body was checked by. */
  readonly #checked = new WeakMap<object, TSchema>();

  /** The body of a text. Undefined if it is not known. */
  get(text: string): object | undefined {
    const body = this.#bodies.get(text);
    if (body === undefined) return undefined;
    this.#bodies.delete(text);
    this.#bodies.set(text, body);
    return body;
  }

  /** Keeps and freezes a parsed body. At the limit, the one that was not used for the longest time is forgotten. */
  keep(text: string, body: unknown): void {
    if (text.length > maxLength || !isObject(body)) return;
    freeze(body);
    this.#bodies.set(text, body);
    if (this.#bodies.size <= maxBodies) return;
    const [oldest] = this.#bodies.keys();
    this.#bodies.delete(String(oldest));
  }

  /** Whether a body was checked by a schema, without a mistake. */
  isChecked(schema: TSchema, body: unknown): boolean {
    return isObject(body) && this.#checked.get(body) === schema;
  }

  /** Records that a body has no mistake by a schema. One that can still change is not recorded. */
  setChecked(schema: TSchema, body: unknown): void {
    if (isObject(body) && Object.isFrozen(body)) this.#checked.set(body, schema);
  }
}

const isObject = (value: unknown): value is object => typeof value === 'object' && value !== null;

function freeze(value: object): void {
  for (const each of Object.values(value) as unknown[]) if (isObject(each)) freeze(each);
  Object.freeze(value);
}
