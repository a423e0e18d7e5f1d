import { useEffect } from 'preact/hooks';
import { entriesWith } from '../../../journal/fingerprints.js';
import { Link, route } from '../../../navigation.js';
import { entriesWithPinned, pinned } from '../../../parts/fingerprint.js';
import { useFlowEntries } from '../flow-entries.js';
import type { JSX } from 'preact';

interface About {
  readonly id: number;
  readonly flow: string;
  readonly fingerprint: string;
}

/** Where else in the flow of an entry the pressed fingerprint occurs. */
export function AlsoIn({ id, flow }: { readonly id: number; readonly flow: string | undefined }): JSX.Element | null {
  const fingerprint = pinned.value;
  return fingerprint === undefined || flow === undefined ? null : <FingerprintMatches {...{ id, flow, fingerprint }} />;
}

function FingerprintMatches({ id, flow, fingerprint }: About): JSX.Element {
  const { data: entries } = useFlowEntries(flow);
  const found = entries === undefined ? [] : entriesWith(fingerprint, entries);
  const others = found.filter((each) => each !== id);
  // the list marks them
  useEffect(() => {
    entriesWithPinned.value = new Set(found);
    return () => {
      entriesWithPinned.value = new Set();
    };
  }, [found.join()]);
  return (
    <p class="note also-in" role="status">
      <code>{fingerprint}</code>{' '}
      {entries === undefined ? '…' : others.length === 0 ? 'is in no other entry of this flow.' : 'is also in'}
      {others.map((other) => (
        <Link key={other} class="also" filters={{ ...route.value.filters, entry: String(other) }}>
          entry {other}
        </Link>
      ))}
    </p>
  );
}
