import { matchesPath } from '../../faults/path-pattern.js';
import { findProvider } from '../../providers/index.js';
import type { EntryView } from './entry-view.js';

type Addressed = Pick<EntryView, 'provider' | 'request'>;

/** An entry's path as the provider knows it: without a proxy's scheme and host, a world, and the provider's name. */
export function ownPath({ provider, request }: Addressed): string {
  return request.path.replace(new RegExp(`^(?:https?://[^/]*)?(?:/w/[^/]*)?(?:/${String(provider)}(?=/))?`, 'i'), '');
}

/** Whether an entry's path is the one of a pattern. The letter case counts where the provider looks at it. */
export function isAtPath(pattern: string, entry: Addressed): boolean {
  const path = ownPath(entry);
  if (matchesPath(pattern, path)) return true;
  return (
    findProvider(String(entry.provider))?.policy.pathLetterCase === 'ignored' &&
    matchesPath(pattern.toLowerCase(), path.toLowerCase())
  );
}
