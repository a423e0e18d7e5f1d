import type { PathSpelling } from '../core/policy.js';

/** Whether a path may be in a spelling that `respelled` changes. It is asked for each request, so it is rough. */
export const isUnusual = (path: string): boolean =>
  path.endsWith('/') || path.includes('//') || (path.includes('.') && path.lastIndexOf('.') > path.lastIndexOf('/'));

/** A path in the spelling of the routes, as far as the policy `pathSpelling` accepts the one that was sent. */
export function respelled(path: string, accepted: readonly PathSpelling[]): string {
  let routed = withSingleSlashes(path, accepted);
  if (accepted.includes('trailing-slash') && routed.length > 1 && routed.endsWith('/')) routed = routed.slice(0, -1);
  const dot = routed.lastIndexOf('.');
  // a name is before the dot, and a format behind it
  const hasFormat = dot > routed.lastIndexOf('/') + 1 && dot < routed.length - 1;
  return hasFormat && accepted.includes('format-suffix') ? routed.slice(0, dot) : routed;
}

/** A path with one slash for several in a row, if the policy accepts those. */
export const withSingleSlashes = (path: string, accepted: readonly PathSpelling[]): string =>
  accepted.includes('double-slash') ? path.replaceAll(/\/{2,}/g, '/') : path;
