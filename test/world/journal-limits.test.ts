import t from 'tap';
import { briefText } from '../../src/world/journal/brief-view.js';
import { viewEntry, viewText } from '../../src/world/journal/entry-view.js';
import { Journal, journalBytes } from '../../src/world/journal/journal.js';
import { JournalMemory, allJournalsBytes } from '../../src/world/journal/memory.js';
import { longestRecorded, parseRecorded, recordBody } from '../../src/world/journal/recorded-body.js';
import { verify } from '../../src/world/journal/verify.js';
import { Views } from '../../src/world/journal/views.js';
import { adminOf } from '../admin/calls.js';
import { atOnce, demo, startServer } from '../support.js';
import type { JournalEntry } from '../../src/world/journal/entry.js';

const kibibyte = 1024;
const mebibyte = 1024 * kibibyte;

function entry(id: number, body = ''): JournalEntry {
  return {
    id,
    at: 0,
    realAt: 0,
    startedAt: 0,
    connectedAt: undefined,
    connection: undefined,
    provider: 'mailup',
    endpoint: 'token',
    method: 'POST',
    url: '/mailup/x',
    host: undefined,
    isSecure: false,
    isProxied: false,
    headers: { 'content-type': 'text/plain' },
    body: { text: body, parse: undefined },
    isBodyUnread: false,
    grantType: undefined,
    clientId: undefined,
    userId: undefined,
    flow: undefined,
    notes: [],
    reason: undefined,
    facts: undefined,
    explanation: undefined,
    fault: undefined,
    ending: undefined,
    status: undefined,
    responseHeaders: undefined,
    responseLength: undefined,
    responseBody: undefined,
    isResponseCut: false,
    durationMs: undefined,
    newestAtEnd: undefined,
    weight: 0,
  };
}

const shown = {
  secrets: 'fingerprint',
  fingerprintKey: 'key',
  isIssued: () => false,
  registeredSecrets: () => new Set<string>(),
  providers: [],
} as const;

t.test('a body is kept as text, and parsed again when it is shown', async (t) => {
  for (const body of ['text', { a: ['1', { b: null }] }, [], 5, JSON.parse('{"__proto__":{"x":1}}') as object]) {
    t.strictSame(parseRecorded(recordBody(body, 0)), body);
  }
  for (const none of [undefined, null]) t.equal(recordBody(none, 0), undefined);
});

t.test('limit: one body, 64 KiB as sent: a note stands in its place', async (t) => {
  t.equal(recordBody('x'.repeat(longestRecorded), longestRecorded)?.text.length, longestRecorded);
  t.match(recordBody({ a: 1 }, longestRecorded + 1), {
    parse: undefined,
    text: /^\(65537 characters; the journal keeps/,
  });
  // JSON escapes may make a short body long
  const escapes = '\u0001'.repeat(longestRecorded);
  t.match(recordBody([escapes], 1), { parse: undefined, text: /^\(\d+ characters/ });
});

t.test('limit: one answer, 64 KiB: a note stands in its place, and the fault replay does not repeat it', async (t) => {
  const server = await startServer();
  t.teardown(() => server.close());
  const id = 'long-answers';
  const stub = (path: string, length: number): object => ({ method: 'GET', path, body: 'y'.repeat(length) });
  const resources = [stub('/short', 100), stub('/long', longestRecorded + 1)];
  const world = adminOf(`${server.url}/w/${id}`);
  await adminOf(server.url)(`PUT /worlds/${id}`, {
    scenario: { extends: 'default', providers: { mailup: { resources } } },
  });
  const { accessToken } = (
    await world<{ accessToken: string }>('POST /providers/mailup/tokens', { clientId: demo.id, userId: demo.username })
  ).body;
  const call = async (path: string): Promise<string> => {
    const authorization = `Bearer ${accessToken}`;
    return (await fetch(`${server.url}/w/${id}/mailup/API/v1.1/Rest${path}`, { headers: { authorization } })).text();
  };
  t.equal((await call('/short')).length, 100);
  t.equal((await call('/long')).length, longestRecorded + 1);
  t.match(server.lastEntry(id), { isResponseCut: true, responseBody: /^\(65537 characters; the journal keeps/ });
  await world('POST /faults', { match: { provider: 'mailup' }, fault: { kind: 'replay' } });
  t.equal((await call('/long')).length, 100, 'the latest answer that is kept');
});

t.test('limit: one journal, in bytes: the oldest entries are dropped and counted', async (t) => {
  const memory = new JournalMemory();
  const journal = new Journal(1000, memory);
  t.equal(journal.limitBytes, 64 * mebibyte);
  for (let id = 1; id <= 1000; id += 1) {
    const each = entry(journal.nextId(), 'z'.repeat(64 * kibibyte));
    journal.open(each);
    each.durationMs = 1;
    journal.close(each);
  }
  t.ok(journal.bytes <= journal.limitBytes, String(journal.bytes));
  t.ok(journal.bytes > journal.limitBytes - mebibyte, 'no more is dropped than necessary');
  t.equal(journal.size + journal.dropped, 1000);
  t.ok(journal.dropped > 400);
  t.equal(journal.entries()[0]?.id, journal.dropped + 1, 'the oldest are gone');
  t.equal(journal.find(journal.dropped), undefined);
  t.equal(journal.find(1000)?.id, 1000);
  t.equal(memory.bytes, journal.bytes);
  t.equal(journalBytes(100_000), 256 * mebibyte);
  journal.clear();
  t.same([memory.bytes, journal.bytes, journal.size, journal.dropped], [0, 0, 0, 0]);
});

t.test('limit: one journal, in entries', async (t) => {
  const journal = new Journal(100, new JournalMemory());
  for (let i = 0; i < 1000; i += 1) journal.open(entry(journal.nextId()));
  t.same([journal.size, journal.dropped, journal.entries()[0]?.id], [100, 900, 901]);
  t.same([journal.find(900), journal.find(901)?.id, journal.find(1001)], [undefined, 901, undefined]);
  t.same([journal.next(0)?.id, journal.next(950)?.id, journal.next(1000)], [901, 951, undefined]);
});

t.test('limit: all journals together: the largest drop their oldest entries', async (t) => {
  t.equal(new JournalMemory().limitBytes, allJournalsBytes);
  const memory = new JournalMemory(10 * mebibyte);
  const [small, large] = [new Journal(1000, memory), new Journal(1000, memory)];
  const add = (journal: Journal): void => {
    const added = entry(journal.nextId(), 'a'.repeat(10 * kibibyte));
    journal.open(added);
    journal.close(added);
  };
  for (let i = 0; i < 10; i += 1) add(small);
  for (let i = 0; i < 500; i += 1) {
    add(large);
    t.ok(memory.bytes <= memory.limitBytes);
    t.equal(memory.bytes, small.bytes + large.bytes);
  }
  t.same([small.size, small.dropped], [10, 0], 'a small journal loses nothing');
  t.ok(large.dropped > 0 && large.size > 400, `${large.dropped} dropped, ${large.size} kept`);
  const third = new Journal(1000, memory);
  for (let i = 0; i < 300; i += 1) add(third);
  while (large.bytes - third.bytes > 100 * kibibyte) add(third);
  for (let i = 0; i < 200; i += 1) add(third);
  t.ok(Math.abs(large.bytes - third.bytes) < 200 * kibibyte, `${large.bytes} and ${third.bytes}: equally much`);
  t.same([small.size, small.dropped], [10, 0]);
});

t.test('at the limit of all journals, thousands of journals are not compared at each request', async (t) => {
  const memory = new JournalMemory(4 * mebibyte);
  let looks = 0;
  class Counted {
    #bytes = 0;
    get bytes(): number {
      looks += 1;
      return this.#bytes;
    }
    add(bytes: number): void {
      this.#bytes += bytes;
      memory.count(this, bytes);
      memory.enforce();
    }
    shrinkTo(bytes: number): void {
      const change = Math.floor(bytes) - this.#bytes;
      this.#bytes += change;
      memory.count(this, change);
    }
  }
  const journals = Array.from({ length: 2000 }, () => new Counted());
  const addToEach = (): void => {
    for (const journal of journals) journal.add(kibibyte);
  };
  for (let i = 0; i < 3; i += 1) addToEach();
  looks = 0;
  for (let i = 0; i < 3; i += 1) addToEach();
  t.ok(memory.bytes <= memory.limitBytes && memory.bytes > memory.limitBytes / 2, String(memory.bytes));
  // sorting 2,000 journals at each request would be 20,000 and more
  t.ok(looks / 6000 < 1000, `${looks / 6000} looks for each request`);
});

t.test('one entry that is larger than all journals may be is dropped at once', async (t) => {
  const memory = new JournalMemory(kibibyte);
  const journal = new Journal(10, memory);
  journal.open(entry(journal.nextId()));
  t.same([journal.size, journal.dropped, memory.bytes], [0, 1, 0]);
});

t.test('an entry that was dropped before its answer is not counted when it ends', async (t) => {
  const memory = new JournalMemory();
  const journal = new Journal(1, memory);
  const [first, second] = [entry(journal.nextId()), entry(journal.nextId())];
  journal.open(first);
  journal.open(second);
  const { bytes } = journal;
  first.responseBody = 'x'.repeat(1000);
  t.same(journal.close(first), []);
  t.equal(journal.bytes, bytes);
  t.equal(memory.bytes, bytes);
});

t.test('a listener that throws is removed; the others are told, and the request goes on', async (t) => {
  const journal = new Journal(10, new JournalMemory());
  const told: number[] = [];
  journal.listen(() => {
    throw new Error('broken');
  });
  journal.listen(({ id }) => told.push(id));
  const each = entry(journal.nextId());
  journal.open(each);
  t.match(journal.close(each), [{ message: 'broken' }]);
  t.same([journal.listeners, told], [1, [1]]);
  t.same(journal.close(each), []);
});

t.test('limit: kept views, 32 MiB: those that were made first are made again', async (t) => {
  const views = new Views();
  const entries = Array.from({ length: 40 }, (_, i) => entry(i + 1));
  for (const each of entries) views.keep(each, 'v'.repeat(mebibyte));
  t.equal(entries.filter((each) => views.get(each) !== undefined).length, 32);
  t.equal(views.get(entries[0]!), undefined);
  views.keep(entries[39]!, 'again');
  t.equal(views.get(entries[39]!), 'again');
});

t.test('an entry is redacted once, when it is complete and kept', async (t) => {
  let made = 0;
  const counting = { ...shown, views: new Views(), registeredSecrets: () => ((made += 1), new Set<string>()) };
  const journal = new Journal(10, new JournalMemory());
  const each = entry(journal.nextId(), 'some text');
  journal.open(each);
  viewText(each, counting);
  viewText(each, counting);
  t.equal(made, 2, 'it may still change');
  each.durationMs = 1;
  journal.close(each);
  t.equal(viewText(each, counting), viewText(each, counting));
  t.equal(made, 3);
});

t.test('limit: near misses compare the newest 1,000 entries', async (t) => {
  const journal = new Journal(10_000, new JournalMemory());
  const world = { ...shown, views: new Views(), journal };
  // the oldest has the fewest differences
  journal.open({ ...entry(journal.nextId()), clientId: 'wanted' });
  for (let i = 0; i < 1000; i += 1) journal.open(entry(journal.nextId()));
  const verdict = atOnce(verify({ match: { clientId: 'wanted', userId: 'nobody' } }, world));
  t.match(verdict, { passed: false, actual: 0 });
  t.same(
    verdict.nearMisses.map(({ entry: { id } }) => id),
    [1001, 1000, 999],
  );
});

t.test('limit: a value in a difference has 1,000 characters', async (t) => {
  const journal = new Journal(10, new JournalMemory());
  journal.open({ ...entry(journal.nextId()), body: recordBody({ a: 'x'.repeat(2000), b: ['y'.repeat(2000)] }, 0) });
  const match = { form: { a: '1', b: '2' } };
  const { nearMisses } = atOnce(verify({ match }, { ...shown, views: new Views(), journal }));
  for (const { actual } of nearMisses[0]!.differences) t.match(actual, /^.{1000}… \(200\d characters\)$/);
});

t.test('an entry that cannot be shown is shown as its failure', async (t) => {
  const broken = { ...entry(7, 'text'), at: NaN, status: 200, durationMs: 3 };
  t.match(viewEntry(broken, { ...shown, views: new Views() }), {
    id: 7,
    endpoint: 'token',
    status: 200,
    failure: 'This entry cannot be shown: RangeError. The time is real time.',
  });
  t.strictSame(JSON.parse(briefText(broken, { ...shown, briefViews: new Views() })), {
    id: 7,
    at: '1970-01-01T00:00:00.000Z',
    realAt: '1970-01-01T00:00:00.000Z',
    provider: 'mailup',
    endpoint: 'token',
    status: 200,
    durationMs: 3,
    failure: 'This entry cannot be shown: RangeError. The time is real time.',
    request: { method: '', path: '' },
  });
});
