import t from 'tap';
import { eventParser } from '../../src/panel/api/event-parser.js';
import type { StreamEvent } from '../../src/panel/api/event-parser.js';

function parsed(...pieces: readonly string[]): { readonly events: StreamEvent[]; readonly comments: number } {
  const events: StreamEvent[] = [];
  let comments = 0;
  const feed = eventParser({
    onComment: () => {
      comments += 1;
    },
    onEvent: (event) => {
      events.push(event);
    },
  });
  for (const piece of pieces) feed(piece);
  return { events, comments };
}

const stream = ': following\n\nid: 7\nevent: entry\ndata: {"id":7}\n\ndata:one\ndata:  two\n\nevent: dropped\n\n';
const events = [
  { name: 'entry', data: '{"id":7}' },
  { name: 'message', data: 'one\n two' },
];

t.test('events have their name and their lines of data; one without data is none', async (t) => {
  t.strictSame(parsed(stream), { events, comments: 1 });
});

t.test('pieces may end anywhere', async (t) => {
  t.strictSame(parsed(...Array.from(stream)), { events, comments: 1 });
});

t.test('an event that has not ended is not told', async (t) => {
  t.strictSame(parsed('event: entry\ndata: 1\n'), { events: [], comments: 0 });
});
