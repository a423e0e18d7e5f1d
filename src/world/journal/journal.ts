import { everywhere } from '../../faults/fault.js';
import type { AnyFacts, Reason } from '../../core/errors.js';
import type { Instant } from '../../core/model.js';

/** Endpoints that the journal tells apart: those that a fault can be set on, and all others. */
export const endpoints = [...everywhere, 'other'] as const;
/** The kind of endpoint of a request; `other` is outside the protocol. */
export type Endpoint = (typeof endpoints)[number];

/** One request and its answer, unredacted. Secrets are redacted when an entry is read (entry-view.ts). */
export interface JournalEntry {
  readonly id: number;
  /** Virtual time. */
  readonly at: Instant;
  /** Real time, in milliseconds since the epoch. */
  readonly realAt: number;
  /** Monotonic time in milliseconds: when the request arrived, and when its connection was opened. */
  readonly startedAt: number;
  readonly connectedAt: number | undefined;
  /** The client's port. Requests of one connection come one after the other (RFC 9112 §9.3). */
  readonly connection: number | undefined;
  readonly provider: string | undefined;
  endpoint: Endpoint;
  readonly method: string;
  /** Path and query of the URL as received. */
  readonly url: string;
  readonly headers: Readonly<Record<string, string | string[] | undefined>>;
  body: unknown;
  /** Whether the parameters of the body were not read, because the provider does not read bodies of its type. */
  isBodyUnread: boolean;
  grantType: string | undefined;
  clientId: string | undefined;
  userId: string | undefined;
  /** Observations about an accepted request, such as an unusual encoding of a Basic header. */
  notes: string[];
  reason: Reason | undefined;
  facts: AnyFacts | undefined;
  /** An explanation of the refusal for people. */
  explanation: string | undefined;
  fault: { readonly id: string; readonly kind: string } | undefined;
  /** Undefined until the answer is sent, or if the connection was closed before. */
  status: number | undefined;
  responseHeaders: Readonly<Record<string, number | string | string[] | undefined>> | undefined;
  responseBody: string | undefined;
  durationMs: number | undefined;
  /**
   * The id of the newest entry when the answer was sent, or when the connection was closed without an answer. Entries
   * with a greater id began after that moment; all others began before it. Timestamps are too coarse for this.
   */
  newestAtEnd: number | undefined;
}

interface Listener {
  readonly entry: (entry: JournalEntry) => void;
  readonly ended: (() => void) | undefined;
}

/** The last requests of a world, in a ring buffer. A full journal drops the oldest entry and counts it. */
export class Journal {
  /** Number of entries dropped since the start or the last `clear`. */
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

  /** Number of listeners. */
  get listeners(): number {
    return this.#listeners.size;
  }

  /** The id of the latest entry; 0 if there was none. */
  get lastId(): number {
    return this.#lastId;
  }

  nextId(): number {
    this.#lastId += 1;
    return this.#lastId;
  }

  /** Adds an entry when its request begins, so that requests without an answer are recorded too. */
  open(entry: JournalEntry): void {
    if (this.#ring.length < this.limit) {
      this.#ring.push(entry);
      return;
    }
    this.#ring[this.#oldest] = entry;
    this.#oldest = (this.#oldest + 1) % this.limit;
    this.dropped += 1;
  }

  /** Notifies the listeners of a complete entry. */
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

  /**
   * Registers callbacks for each completed entry and for the end of the journal. Returns a function that removes them.
   */
  listen(entry: Listener['entry'], ended?: Listener['ended']): () => void {
    const listener = { entry, ended };
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends the journal: its world was dropped or replaced, and no entries follow. */
  end(): void {
    for (const listener of this.#listeners) listener.ended?.();
    this.#listeners.clear();
  }
}
