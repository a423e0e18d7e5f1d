import { useEffect } from 'preact/hooks';
import { timeInUtc } from '../../format.js';
import { beganAt } from '../../journal/store.js';
import { Link, filter, setFilters } from '../../navigation.js';
import { Empty } from '../../parts/empty.js';
import type { JSX } from 'preact';

/**
 * Whether the URL is about an entry or a flow of an earlier journal: in this one, the same id is another request. Keeps
 * the journal in the URL, so that this is known of a link that was sent, too.
 */
export function useEarlierJournal(): boolean {
  const now = beganAt.value;
  const linked = filter('journal');
  const isLink = isLinkToOne();
  useEffect(() => {
    // read again: an effect runs after the paint, and by then Back may have shown another link
    const isStillLink = isLinkToOne() && filter('journal') === undefined;
    if (isStillLink && now !== undefined) setFilters({ journal: now }, { replace: true });
  }, [isLink, linked, now]);
  return isLink && linked !== undefined && now !== undefined && linked !== now;
}

const isLinkToOne = (): boolean => (filter('entry') ?? filter('flow')) !== undefined;

/** Says that an entry or a flow is of an earlier journal. */
export const EarlierJournal = (): JSX.Element => (
  <Empty title="This link is about an earlier journal">
    <p>The journal began anew at {timeInUtc(beganAt.value ?? '')} UTC. In it, the same number is another request.</p>
    <Link class="button secondary" filters={{}}>
      Show the journal
    </Link>
  </Empty>
);
