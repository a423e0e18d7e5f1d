import { ownPath } from '../world/journal/provider-path.js';
import { Redaction } from '../world/journal/redaction.js';
import { requestLine } from './request-line.js';
import type { JournalEntry } from '../world/journal/entry.js';
import type { World } from '../world/world.js';
import type { RequestLine } from './request-line.js';

/** Maximum length of a client id and of a sentence, in characters: both can contain text of the client. */
const longestClientId = 200;
const longestSentence = 500;

/**
 * What a report tells of requests. Secrets are redacted as in the journal, before a text is cut: a part of a secret
 * could not be recognized.
 */
export class ReportText {
  readonly #redaction: Redaction;
  readonly #entries: ReadonlyMap<number, JournalEntry>;
  readonly #lines = new Map<number, RequestLine>();
  readonly #clientIds = new Map<string, string>();

  constructor(world: World) {
    this.#redaction = new Redaction(world);
    this.#entries = new Map(world.journal.entries().map((entry) => [entry.id, entry]));
  }

  sentence(text: string): string {
    return cut(this.#redaction.everywhere(this.#redaction.untrusted(text)), longestSentence);
  }

  /** Many findings name the same few clients, so each is redacted once. */
  clientId(id: string): string {
    const known = this.#clientIds.get(id);
    if (known !== undefined) return known;
    const shown = cut(this.#redaction.everywhere(String(this.#redaction.value(id))), longestClientId);
    this.#clientIds.set(id, shown);
    return shown;
  }

  /** The lines of entries. An entry that several findings name is redacted once. */
  requests(ids: readonly number[]): RequestLine[] {
    return ids.map((id) => {
      const line = this.#lines.get(id) ?? this.#line(this.#entries.get(id) as JournalEntry);
      this.#lines.set(id, line);
      return line;
    });
  }

  #line({ id, provider, method, url, status, reason }: JournalEntry): RequestLine {
    const [sent = ''] = url.split('?', 1);
    const path = this.#redaction.everywhere(this.#redaction.path(ownPath({ provider, request: { path: sent } })));
    return requestLine({ id, status, reason, request: { method, path } });
  }
}

const cut = (text: string, longest: number): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);
