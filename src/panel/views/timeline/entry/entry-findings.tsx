import { call } from '../../../api/call.js';
import { useData } from '../../../api/use-data.js';
import { Link } from '../../../navigation.js';
import type { JSX } from 'preact';
import type { Report } from '../../../../client/index.js';

/** Time after which the report is read again, in milliseconds. The server judges the whole journal for it. */
const everyMs = 30_000;

/** The findings whose evidence has an entry, as links. */
export function EntryFindings({ id }: { readonly id: number }): JSX.Element | null {
  const { data } = useData(() => call<Report>('GET', '/findings'), [id], everyMs);
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
