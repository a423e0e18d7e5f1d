import { Readable } from 'node:stream';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { guarded } from '../http/connection/guarded.js';
import { isComplete } from './journal-filter.js';
import { checkListeners } from './journal-listeners.js';
import type { FastifyReply } from 'fastify';
import type { JournalEntry } from '../world/journal/entry.js';
import type { World } from '../world/world.js';
import type { EntryTest } from './journal-filter.js';
import type { WriteEntry } from './write-entry.js';

/**
 * A reader that has not read this many entries is disconnected, so that its entries do not fill the memory. The entries
 * that existed when the stream began are not counted.
 */
const backlogLimit = 1000;
const tooSlow = `The reader was more than ${backlogLimit} entries behind, or behind what the journal keeps.`;

/** What a stream sends. */
export interface Streamed {
  readonly isWanted: EntryTest;
  /** Whether the existing entries are sent first. */
  readonly withPast: boolean;
  readonly write: WriteEntry;
}

/**
 * Streams the journal as server-sent events: one event for each complete entry, as fast as the reader reads. The stream
 * ends with the connection, or when the world is dropped or replaced. A reader that is too slow gets the event
 * `dropped`, and the stream ends.
 */
export function streamJournal(world: World, streamed: Streamed, reply: FastifyReply): Readable {
  checkListeners(world);
  const backlog = new Backlog();
  const stop = world.journal.listen(
    (entry) => {
      if (streamed.isWanted(entry)) backlog.add(entry);
    },
    () => {
      backlog.end();
    },
  );
  const stream = Readable.from(events(world, streamed, backlog), { objectMode: false });
  reply.raw.once(
    'close',
    guarded(reply.log, () => {
      stop();
      backlog.end();
      stream.destroy();
    }),
  );
  return stream;
}

async function* events(
  world: World,
  { isWanted, withPast, write }: Streamed,
  backlog: Backlog,
): AsyncGenerator<string> {
  const eventOf = (entry: JournalEntry): string => `id: ${entry.id}\nevent: entry\ndata: ${write(entry, world)}\n\n`;
  // ids, not entries: a reader that stops reading must not keep what the journal drops
  const past = withPast ? pastIds(world, isWanted) : [];
  // Node sends the headers with the first bytes. This comment tells the reader that the stream is open
  yield ': following\n\n';
  for (const id of past) {
    const entry = world.journal.find(id);
    if (entry !== undefined) yield eventOf(entry);
    // requests are served between two entries
    await nextTurn();
  }
  for (let next = await backlog.next(); next !== undefined; next = await backlog.next()) {
    yield eventOf(next);
    await nextTurn();
  }
  if (backlog.isFull) yield `event: dropped\ndata: ${JSON.stringify({ detail: tooSlow })}\n\n`;
}

const pastIds = ({ journal }: World, isWanted: EntryTest): number[] =>
  journal
    .entries()
    .filter((entry) => isComplete(entry) && isWanted(entry))
    .map(({ id }) => id);

/** Entries that the reader has not read yet. */
class Backlog {
  isFull = false;
  #entries: JournalEntry[] = [];
  #isEnded = false;
  #wake: () => void = () => undefined;

  add(entry: JournalEntry): void {
    if (this.#isEnded) return;
    // an entry without weight was dropped by its journal, so it must not be kept here
    const isBehind = this.#entries.length >= backlogLimit || this.#entries[0]?.weight === 0;
    this.#entries.push(entry);
    if (isBehind) {
      this.isFull = true;
      this.#entries = [];
      this.end();
    } else {
      this.#wake();
    }
  }

  end(): void {
    this.#isEnded = true;
    this.#wake();
  }

  /** The next entry. Undefined after the end. */
  async next(): Promise<JournalEntry | undefined> {
    while (this.#entries.length === 0 && !this.#isEnded) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
    return this.#entries.shift();
  }
}
