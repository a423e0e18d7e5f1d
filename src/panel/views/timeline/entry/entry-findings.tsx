import { adminToken } from '../../../api/admin-token.js';
import { call, changes } from '../../../api/call.js';
import { useData } from '../../../api/use-data.js';
import { resets, rows } from '../../../journal/store.js';
import { Link, world } from '../../../navigation.js';
import type { JSX } from 'preact';
import type { Report } from '../../../../client/index.js';

/** Time after which a report is read again, in milliseconds: for another entry, and while an entry is open. */
const [freshMs, everyMs] = [10_000, 30_000];

/** The latest report. The server judges the whole journal for it, so all entries that are opened share one. */
let latest:
  { readonly key: string; readonly newest: number; readonly at: number; readonly report: Promise<Report> } | undefined;

/** The latest report, or a new one if it is old or was begun before the entry came. */
function reportFor(id: number): Promise<Report> {
  const key = JSON.stringify([world.value, adminToken.value, resets.value, changes.value]);
  const at = performance.now();
  if (latest?.key !== key || latest.newest < id || at - latest.at > freshMs) {
    latest = { key, newest: rows.list.at(-1)?.id ?? 0, at, report: call<Report>('GET', '/findings') };
  }
  return latest.report;
}

/**
 * The findings that name an entry in their evidence, as links. A finding with many occurrences names only the entries
 * of the first ones: nothing is shown at a later entry.
 */
export function EntryFindings({ id }: { readonly id: number }): JSX.Element | null {
  const { data } = useData(() => reportFor(id), [id], everyMs);
  const own = data?.findings.filter(({ cases }) => cases.some(({ evidence }) => evidence.includes(id))) ?? [];
  if (own.length === 0) return null;
  return (
    <p class="note">
      What is wrong with this:{' '}
      {own.map(({ rule, verdict }) => (
        <Link key={rule} view="findings" filters={{ rule }}>
          {verdict}{' '}
        </Link>
      ))}
    </p>
  );
}
