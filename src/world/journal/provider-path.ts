import { matchesPath } from '../../faults/path-pattern.js';
import type { Provider } from '../../providers/provider.js';

interface Addressed {
  readonly provider?: string | undefined;
  readonly request: { readonly path: string };
}

/** The provider's own path: without scheme and host, `/w/{world}` and the provider's name. */
export function ownPath({ provider, request }: Addressed): string {
  return request.path.replace(new RegExp(`^(?:https?://[^/]*)?(?:/w/[^/]*)?(?:/${String(provider)}(?=/))?`, 'i'), '');
}

/**
 * Whether the path of an entry matches a pattern. Letter case is ignored if the policy of its provider, one of those of
 * the world, ignores it.
 */
export function isAtPath(pattern: string, entry: Addressed, providers: readonly Provider[]): boolean {
  const path = ownPath(entry);
  if (matchesPath(pattern, path)) return true;
  const provider = providers.find(({ name }) => name === entry.provider);
  return provider?.policy.pathLetterCase === 'ignored' && matchesPath(pattern.toLowerCase(), path.toLowerCase());
}
