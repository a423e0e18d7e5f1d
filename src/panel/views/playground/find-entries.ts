import type { Row } from '../../journal/row.js';
import type { Run, Step } from './run.js';

/**
 * The steps with the entries of the journal that their requests made. An entry belongs to the first step that fits.
 * Undefined: nothing was found that was not known.
 *
 * @param rows the oldest first
 */
export function findEntries(
  { provider, steps }: Pick<Run, 'provider' | 'steps'>,
  rows: readonly Row[],
): Step[] | undefined {
  const taken = new Set(steps.flatMap(({ entry }) => (entry === undefined ? [] : [entry])));
  const found = steps.map((step) => {
    const { entry, kind, request, afterEntry } = step;
    if (entry !== undefined || kind === 'callback') return step;
    const { pathname } = new URL(request.url);
    if (pathname.includes('/__admin/')) return step;
    const row = rows.findLast(
      (each) =>
        each.id > afterEntry &&
        each.provider === provider &&
        each.request.method === request.method &&
        pathname.endsWith(each.request.path) &&
        !taken.has(each.id),
    );
    if (row === undefined) return step;
    taken.add(row.id);
    return { ...step, entry: row.id };
  });
  return found.some(({ entry }, i) => entry !== steps[i]?.entry) ? found : undefined;
}
