import { adminCall, queryString } from './http.js';
import type { BriefEntryView, EntryList, OneEntryView } from '../admin/schemas/journal.js';
import type { AdminCall } from './http.js';

/** Why a provider refused a request, from the journal. */
export interface Refusal {
  readonly reason: string;
  readonly explanation: string | undefined;
  readonly expected: string | undefined;
  readonly received: string | undefined;
}

/** The calls about the world of a page. */
export function worldOfPage({ origin, pathname }: URL, token: string | undefined): AdminCall {
  const [prefix = ''] = /^\/w\/[^/]+/.exec(pathname) ?? [];
  return adminCall(`${origin}${prefix}/__admin`, token);
}

/** Number of newest entries in which a refusal is looked for: other clients of the world make requests too. */
const searched = 50;

/** Finds the newest refusal at the path of a page. Undefined: there is none, or the journal cannot be read. */
export async function refusalAt(page: URL, call: AdminCall): Promise<Refusal | undefined> {
  try {
    const query = queryString({ order: 'newest', limit: searched, brief: true });
    const { entries } = await call<EntryList<BriefEntryView>>('GET', `/journal${query}`);
    const found = entries.find((each) => each.reason !== undefined && page.pathname.endsWith(each.request.path));
    if (found === undefined) return undefined;
    const { reason = '', explanation, comparison } = await call<OneEntryView>('GET', `/journal/${found.id}`);
    return { reason, explanation, expected: sideOf(comparison?.expected), received: sideOf(comparison?.received) };
  } catch {
    // the page itself is shown in any case
    return undefined;
  }
}

type Side = NonNullable<OneEntryView['comparison']>['expected'];

function sideOf(side: Side | undefined): string | undefined {
  if (side === undefined) return undefined;
  return 'words' in side ? side.words : side.values.map((value) => JSON.stringify(value)).join(' or ');
}
