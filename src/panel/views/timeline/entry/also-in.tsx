import { call, queryOf } from '../../../api/call.js';
import { useData } from '../../../api/use-data.js';
import { entriesWith } from '../../../journal/fingerprints.js';
import { Link, route } from '../../../navigation.js';
import { pinned } from '../../../parts/fingerprint.js';
import type { JSX } from 'preact';
import type { EntryView } from '../../../../client/index.js';

/** The most entries of a flow in which a fingerprint is looked for. */
const longestFlow = 200;
/** Interval at which they are read again, in milliseconds. */
const everyMs = 10_000;

/** Where else in the flow the pressed fingerprint occurs. */
export function AlsoIn({ entry: { id, flow } }: { readonly entry: EntryView }): JSX.Element | null {
  const fingerprint = pinned.value;
  return fingerprint === undefined || flow === undefined ? null : <Found {...{ id, flow, fingerprint }} />;
}

function Found(about: { readonly id: number; readonly flow: string; readonly fingerprint: string }): JSX.Element {
  const { id, flow, fingerprint } = about;
  const { data } = useData(
    () => call<{ entries: EntryView[] }>('GET', `/journal${queryOf({ flow, limit: longestFlow })}`),
    [flow],
    everyMs,
  );
  const others = data === undefined ? undefined : entriesWith(fingerprint, data.entries).filter((each) => each !== id);
  return (
    <p class="note also-in" role="status">
      <code>{fingerprint}</code>{' '}
      {others === undefined || others.length === 0 ? 'is in no other entry of this flow.' : 'is also in '}
      {others?.map((other) => (
        <Link key={other} class="also" filters={{ ...route.value.filters, entry: String(other) }}>
          entry {other}
        </Link>
      ))}
    </p>
  );
}
