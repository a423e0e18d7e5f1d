import { call, providerPath } from '../../api/call.js';
import { useData } from '../../api/use-data.js';
import { useJournalVersion } from '../../journal/use-journal-version.js';
import type { PageInfo, UserInfo } from '../../../client/index.js';
import type { Data } from '../../api/use-data.js';
import type { NamedProvider } from '../../api/use-providers.js';
import type { WaitingPage } from './waiting-pages.js';

/** Pages of one provider that are shown. */
const mostShown = 50;
const leastPauseMs = 300;

/** What waits for a person in the shown world. */
export interface Waiting {
  readonly pages: readonly WaitingPage[];
  /** Number of pages that wait, also those that are not shown. */
  readonly total: number;
}

async function readWaiting(): Promise<Waiting> {
  const { providers } = await call<{ providers: NamedProvider[] }>('GET', '/providers');
  const each = await Promise.all(providers.map(readPages));
  return { pages: each.flatMap(({ pages }) => pages), total: each.reduce((sum, { total }) => sum + total, 0) };
}

async function readPages(provider: NamedProvider): Promise<Waiting> {
  const path = providerPath(provider.name);
  const { authorizations, total } = await call<{ authorizations: PageInfo[]; total: number }>(
    'GET',
    `${path}/authorizations?status=waiting&limit=${mostShown}`,
  );
  if (total === 0) return { pages: [], total };
  const { users } = await call<{ users: UserInfo[] }>('GET', `${path}/users?limit=1000`);
  return { pages: authorizations.map((page) => ({ ...page, provider, users })), total };
}

/** Reads the pages that wait, also when a request came. */
export const useWaiting = (): Data<Waiting> =>
  useData(
    readWaiting,
    [],
    undefined,
    useJournalVersion(() => leastPauseMs),
  );
