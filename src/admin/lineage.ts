import { suggest } from '../input/did-you-mean.js';
import { inSlices } from '../world/slices.js';
import { invalid } from './admin-error.js';
import { page } from './paging.js';
import { defineRoute } from './route.js';
import { FamiliesView, FamilyQuery } from './schemas/lineage.js';
import type { Family } from '../findings/family.js';
import type { Worlds } from '../world/worlds.js';
import type { FamilySelection } from './schemas/lineage.js';

function checkProvider({ provider }: FamilySelection, { providers }: Worlds): void {
  const known = providers.map(({ name }) => name);
  if (provider === undefined || known.includes(provider)) return;
  throw invalid([
    { path: 'provider', message: `there is no provider ${JSON.stringify(provider)}${suggest(provider, known)}` },
  ]);
}

const isSelected = (family: Family, selection: FamilySelection): boolean =>
  (Object.entries(selection) as [keyof FamilySelection, string][]).every(([name, value]) => family[name] === value);

/** The call for token families. The code that builds them is loaded at the first call. */
export const lineageRoutes = [
  defineRoute({
    method: 'GET',
    path: '/lineage',
    tag: 'findings',
    summary: 'List token families: the tokens of each grant, their replacements, and the requests that used them',
    query: FamilyQuery,
    answers: { 200: FamiliesView },
    async handle({ world, worlds, query: { limit, offset, ...selection } }) {
      const { lineage } = await import('../findings/lineage.js');
      checkProvider(selection, worlds);
      const families = (await inSlices(lineage(world))).filter((family) => isSelected(family, selection));
      const { items, total } = page(families, { limit, offset });
      return { families: items, total };
    },
  }),
];
