import type { Row } from '../../journal/row.js';
import type { Run, RunStep } from './run.js';

/**
 * The steps with the entries of the journal that their requests made. An entry belongs to the first step that fits,
 * unless the journal names another client. Undefined: no new match.
 *
 * @param rows the oldest first
 */
export function findEntries(
  { provider, clientId, steps }: Pick<Run, 'provider' | 'clientId' | 'steps'>,
  rows: readonly Row[],
): RunStep[] | undefined {
  const taken = new Set(steps.flatMap(({ entry }) => (entry === undefined ? [] : [entry])));
  const found = steps.map((step, i) => {
    const { entry, kind, request, afterEntry } = step;
    if (entry !== undefined || kind === 'callback') return step;
    const { pathname } = new URL(request.url);
    if (pathname.includes('/__admin/')) return step;
    const next = steps.slice(i + 1).find((each) => each.afterEntry > afterEntry);
    const made = rows.filter(
      (each) =>
        each.id > afterEntry &&
        each.id <= (next?.afterEntry ?? Infinity) &&
        each.provider === provider &&
        (each.clientId ?? clientId) === clientId &&
        each.request.method === request.method &&
        pathname.endsWith(each.request.path) &&
        !taken.has(each.id),
    );
    const row = made.at(-1);
    if (row === undefined) return step;
    for (const { id } of made) taken.add(id);
    return { ...step, entry: row.id, ...(made.length > 1 ? { sent: made.length } : {}) };
  });
  return found.some(({ entry }, i) => entry !== steps[i]?.entry) ? found : undefined;
}
