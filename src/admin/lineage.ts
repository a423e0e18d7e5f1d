import { suggestProvider } from '../shelf.js';
import { inSlices } from '../world/slices.js';
import { invalid } from './admin-error.js';
import { familyTest } from './family-filter.js';
import { page } from './paging.js';
import { defineRoute } from './route.js';
import { FamiliesView, FamilyQuery } from './schemas/lineage.js';
import type { Family, Use } from '../findings/family.js';
import type { World } from '../world/world.js';
import type { FamilyFilter } from './schemas/lineage.js';

function checkProvider({ provider }: FamilyFilter, { providers }: World): void {
  const known = providers.map(({ name }) => name);
  if (provider === undefined || known.includes(provider)) return;
  const message = `there is no provider ${JSON.stringify(provider)}${suggestProvider(provider, known)}`;
  throw invalid([{ path: 'provider', message }]);
}

/** The latest first. A reversed list is sorted: of those that began at the same instant, the last one is first. */
const newestFirst = (families: readonly Family[]): Family[] =>
  families.toReversed().sort((a, b) => Date.parse(b.createdAt) - Date.parse(a.createdAt));

const cut = <T extends { readonly uses: readonly Use[] }>(line: T, most: number): T => ({
  ...line,
  uses: most === 0 ? [] : line.uses.slice(-most),
});

const withLatestUses = (family: Family, most = Infinity): Family => ({
  ...family,
  code: family.code === null ? null : cut(family.code, most),
  tokens: family.tokens.map((token) => cut(token, most)),
});

/** The call for token families. The code that builds them is loaded at the first call. */
export const lineageRoutes = [
  defineRoute({
    method: 'GET',
    path: '/lineage',
    tag: 'findings',
    summary: 'List token families: the tokens of each grant, their replacements, and the requests that used them',
    query: FamilyQuery,
    answers: { 200: FamiliesView },
    async handle({ world, query: { limit, offset, order, uses, ...filter } }) {
      const { lineage } = await import('../findings/lineage.js');
      checkProvider(filter, world);
      const families = (await inSlices(lineage(world))).filter(familyTest(filter, world));
      const { items, total } = page(order === 'newest' ? newestFirst(families) : families, { limit, offset });
      return { families: items.map((family) => withLatestUses(family, uses)), total };
    },
  }),
];
