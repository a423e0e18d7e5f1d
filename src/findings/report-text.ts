import { ownPath } from '../world/journal/provider-path.js';
import { Redaction } from '../world/journal/redaction.js';
import { requestLine } from './request-line.js';
import { escapeBidi } from '../input/printable.js';
import type { JournalEntry } from '../world/journal/entry.js';
import type { World } from '../world/world.js';
import type { RequestLine } from './request-line.js';

/** Maximum length of the id of a client or user and of a sentence, in characters: clients can choose their text. */
const longestId = 200;
const longestSentence = 500;

/**
 * What a report tells of requests. Secrets are redacted as in the journal, before a text is cut: a part of a secret
 * could not be recognized.
 */
export class ReportText {
  readonly #redaction: Redaction;
  readonly #entries: ReadonlyMap<number, JournalEntry>;
  readonly #lines = new Map<number, RequestLine>();
  readonly #ids = new Map<string, string>();
  /** The users of each flow. */
  readonly #flowUsers = new Map<string, Set<string>>();

  constructor(world: World) {
    this.#redaction = new Redaction(world);
    this.#entries = new Map(world.journal.entries().map((entry) => [entry.id, entry]));
    for (const { flow, userId } of this.#entries.values()) {
      if (flow === undefined || userId === undefined) continue;
      this.#flowUsers.set(flow, (this.#flowUsers.get(flow) ?? new Set()).add(userId));
    }
  }

  sentence(text: string): string {
    return escapeBidi(cut(this.#redaction.everywhere(this.#redaction.untrusted(text)), longestSentence));
  }

  /** The id of a client or user. Many findings name the same few, so each is redacted once. */
  id(id: string): string {
    const known = this.#ids.get(id);
    if (known !== undefined) return known;
    const shown = cut(this.#redaction.everywhere(String(this.#redaction.value(id))), longestId);
    this.#ids.set(id, shown);
    return shown;
  }

  /** The users of entries: the user of the request, or else of its flow. A refused request has no user of its own. */
  userIds(ids: readonly number[]): string[] {
    const users = ids.flatMap((id) => {
      const { userId, flow = '', endpoint } = this.#entries.get(id) as JournalEntry;
      // a login is an attempt of its own: another user of the flow did not make it
      if (endpoint === 'login' && userId === undefined) return [];
      return userId === undefined ? [...(this.#flowUsers.get(flow) ?? [])] : [userId];
    });
    return [...new Set(users)].map((user) => this.id(user));
  }

  /** The lines of entries. An entry that several findings name is redacted once. */
  requests(ids: readonly number[]): RequestLine[] {
    return ids.map((id) => {
      const line = this.#lines.get(id) ?? this.#line(this.#entries.get(id) as JournalEntry);
      this.#lines.set(id, line);
      return line;
    });
  }

  #line({ id, at, provider, method, url, status, reason }: JournalEntry): RequestLine {
    const [sent = ''] = url.split('?', 1);
    const path = this.#redaction.everywhere(this.#redaction.path(ownPath({ provider, request: { path: sent } })));
    return requestLine({ id, at: new Date(at).toISOString(), status, reason, request: { method, path } });
  }
}

const cut = (text: string, longest: number): string => (text.length > longest ? `${text.slice(0, longest)}…` : text);
