import { readFileSync, readdirSync } from 'node:fs';
import t from 'tap';

/**
 * Rows of docs/explanation/limits.md with the title, or its beginning, of the test that shows them. Each other row is
 * named in the title of its test: `limit "links": …`.
 */
const shownBy: Readonly<Record<string, string>> = {
  'open connections': 'with ten times as many clients as the limit, each is answered or closed at once',
  'pipelined requests on one connection': 'a connection with too many pipelined requests is closed',
  'time for a request to arrive': 'a client that sends its request too slowly is disconnected',
  'body of a request': 'refuses a body that is too large',
  'entries of a journal': 'limit: one journal, in entries',
  'memory of a journal': 'limit: one journal, in bytes',
  'memory of all journals': 'limit: all journals together',
  'one body in the journal': 'limit: one answer, 64 KiB',
  'views of entries': 'limit: kept views, 32 MiB',
  'calls that follow a journal': 'is refused with an invalid timeout, or if too many calls wait',
  'entries that a stream is behind': 'removes a listener that disconnects or reads too slowly',
  'entries compared for near misses': 'limit: near misses compare the newest 1,000 entries',
  'a found value in a difference': 'limit: a value in a difference',
  'remembered verify calls': 'the number of remembered verify calls is limited',
  'ended worlds in a report': 'the findings of the last 1000 ended worlds are kept',
  worlds: 'a server drops idle worlds by itself, and limits their number',
  'live tokens of a realm': 'a bounded map evicts done entries first',
  'codes of a realm': 'a bounded map evicts done entries first',
  'waiting pages and sessions': 'a bounded map evicts done entries first',
  'requests that an outdated page restarted': 'a bounded map evicts done entries first',
  'remembered expired values': 'a bounded map evicts done entries first',
  "parameters of a provider's own that a grant keeps":
    'a request with more or longer parameters than a grant keeps is refused',
  'remembered client assertions': 'a bounded map evicts done entries first',
  'faults of a world': 'refuses more faults than the limit',
};

const here = new URL('.', import.meta.url);
const page = readFileSync(new URL('../docs/explanation/limits.md', here), 'utf8');
const rows = [...page.matchAll(/^\| ([^|]+) \| [^|]+ \| [^|]+ \|$/gm)]
  .map(([, what]) => what!)
  .filter((what) => what !== 'what');
const tests = readdirSync(here, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && file !== 'limits.test.ts')
  .map((file) => readFileSync(new URL(file, here), 'utf8'));

t.test('each row of the page of limits is shown by a test', async (t) => {
  t.ok(rows.length > 30);
  t.same(
    Object.keys(shownBy).filter((row) => !rows.includes(row)),
    [],
    'each name is a row',
  );
  for (const row of rows) {
    const title = shownBy[row] ?? `limit "${row}"`;
    t.ok(
      tests.some((text) => text.includes(title)),
      `${row}: ${title}`,
    );
  }
});
