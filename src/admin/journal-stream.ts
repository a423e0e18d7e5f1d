import { PassThrough } from 'node:stream';
import { viewEntry } from '../world/journal/entry-view.js';
import { entriesOf, isComplete } from './journal-filter.js';
import { checkListeners } from './journal-listeners.js';
import type { FastifyReply } from 'fastify';
import type { EntryView } from '../world/journal/entry-view.js';
import type { World } from '../world/world.js';
import type { EntryTest } from './journal-filter.js';

/** A reader that is this many bytes behind is disconnected, so that its events do not fill the memory. */
const backlogLimitBytes = 1024 * 1024;

/**
 * Streams the journal as server-sent events: one event for each complete entry. The stream ends with the
 * connection, or when the world is dropped or replaced.
 *
 * @param withPast whether the existing entries are sent first
 */
export function streamJournal(world: World, isWanted: EntryTest, withPast: boolean, reply: FastifyReply): PassThrough {
  checkListeners(world);
  const stream = new PassThrough();
  const send = (view: EntryView): void => {
    if (stream.writableLength > backlogLimitBytes) stream.destroy();
    else if (isWanted(view)) stream.write(eventOf(view));
  };
  const stop = world.journal.listen(
    (entry) => {
      send(viewEntry(entry, world));
    },
    () => {
      stream.end();
    },
  );
  reply.raw.once('close', () => {
    stream.destroy();
  });
  stream.once('close', stop);
  // Node sends the headers with the first bytes. This comment tells the reader that the stream is open
  stream.write(': following\n\n');
  if (withPast) entriesOf(world).filter(isComplete).forEach(send);
  return stream;
}

const eventOf = (view: EntryView): string => `id: ${view.id}\nevent: entry\ndata: ${JSON.stringify(view)}\n\n`;
