import { everywhere } from '../../faults/fault.js';
import type { AnyFacts, Reason } from '../../core/errors.js';
import type { Instant } from '../../core/model.js';

/** Endpoints that the journal tells apart: those that a fault can be set on, and all others. */
export const endpoints = [...everywhere, 'other'] as const;
export type Endpoint = (typeof endpoints)[number];

/** One request and what became of it, as it was: secrets are hidden when it is read, not when it is written. */
export interface JournalEntry {
  readonly id: number;
  /** Virtual time. */
  readonly at: Instant;
  /** Real time, in milliseconds since the epoch. */
  readonly realAt: number;
  /** The client's port: requests of one connection come one after the other (RFC 9112 §9.3). */
  readonly connection: number | undefined;
  readonly provider: string | undefined;
  endpoint: Endpoint;
  readonly method: string;
  /** The URL's path and query as they came. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  body: unknown;
  grantType: string | undefined;
  clientId: string | undefined;
  userId: string | undefined;
  /** Things worth telling that are no refusal: how a Basic header was spelt, a rule that was relaxed. */
  notes: string[];
  reason: Reason | undefined;
  facts: AnyFacts | undefined;
  /** The sentence for a person. */
  explanation: string | undefined;
  fault: { readonly id: string; readonly kind: string } | undefined;
  /** Missing where the line was cut before an answer. */
  status: number | undefined;
  responseHeaders: Readonly<Record<string, number | string | string[] | undefined>> | undefined;
  responseBody: string | undefined;
  durationMs: number | undefined;
  /**
   * The id of the newest entry when the answer left, or when the line was closed without one: what has a greater id came
   * after that, and what has not came before, however close the two were.
   */
  newestAtEnd: number | undefined;
}

interface Listener {
  readonly entry: (entry: JournalEntry) => void;
  readonly ended: (() => void) | undefined;
}

/** The last requests of a world, oldest first. Bounded: it forgets the oldest, and counts what it forgot. */
export class Journal {
  /** How many entries were forgotten since the start or the last clearing. */
  dropped = 0;
  readonly limit: number;
  #ring: JournalEntry[] = [];
  #oldest = 0;
  #lastId = 0;
  readonly #listeners = new Set<Listener>();

  constructor(limit: number) {
    this.limit = limit;
  }

  get size(): number {
    return this.#ring.length;
  }

  /** How many wait for entries. */
  get listeners(): number {
    return this.#listeners.size;
  }

  /** The id of the newest entry; 0 before the first. */
  get lastId(): number {
    return this.#lastId;
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** Keeps an entry from its beginning, so that a request without an answer is seen as well. */
  open(entry: JournalEntry): void {
    if (this.#ring.length < this.limit) {
      this.#ring.push(entry);
      return;
    }
    this.#ring[this.#oldest] = entry;
    this.#oldest = (this.#oldest + 1) % this.limit;
    this.dropped += 1;
  }

  /** Tells the listeners that an entry is complete. */
  close(entry: JournalEntry): void {
    for (const listener of this.#listeners) listener.entry(entry);
  }

  /** All entries, oldest first. */
  entries(): JournalEntry[] {
    return [...this.#ring.slice(this.#oldest), ...this.#ring.slice(0, this.#oldest)];
  }

  clear(): void {
    this.#ring = [];
    this.#oldest = 0;
    this.dropped = 0;
  }

  /** Calls back for each entry that is completed from now on, and when none will come any more. Returns what ends it. */
  listen(entry: Listener['entry'], ended?: Listener['ended']): () => void {
    const listener = { entry, ended };
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The world is gone, or began anew: who listens would wait for ever. */
  end(): void {
    for (const listener of this.#listeners) listener.ended?.();
    this.#listeners.clear();
  }
}
